"""The index itself: FTS5 on SQLite, GIN over the pairs on PostgreSQL."""

from django.db import migrations


def make(apps, editor):
    if editor.connection.vendor == "sqlite":
        editor.execute("CREATE VIRTUAL TABLE search_pairs USING fts5(grams, tokenize='unicode61')")
    else:
        editor.execute("CREATE INDEX search_pairs ON search_searchentry USING gin (to_tsvector('simple', grams))")


def drop(apps, editor):
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TABLE search_pairs")
    else:
        editor.execute("DROP INDEX search_pairs")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_start")]
    operations = [migrations.RunPython(make, drop)]
