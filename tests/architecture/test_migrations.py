"""The migrations lead to the very tables that the models describe, which the other tests stand on."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

TABLES = "SELECT m.name, c.name, c.type, c.\"notnull\" FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
INDEXES = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
LEFT_OUT = "sqlite_sequence", "django_migrations"


def described(rows: list[tuple[str, ...]]) -> set[tuple[str, ...]]:
    return {row for row in rows if row[0] not in LEFT_OUT}


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="on PostgreSQL every test stands on the migrations")
@pytest.mark.parametrize("question", [TABLES, INDEXES], ids=["columns", "indexes"])
def test_migrations_lead_to_the_tables_of_the_models(migrated: sqlite3.Connection, question: str):
    with connection.cursor() as cursor:
        made = described(cursor.execute(question).fetchall())

    assert len(made) > 100
    assert described(migrated.execute(question).fetchall()) == made


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    """An empty SQLite file after every migration."""
    place = tmp_path_factory.mktemp("migrated") / "tomoni.sqlite3"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "TOMONI_TEST_DATABASE": f"sqlite:///{place}",
    }
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=Path(settings.ROOT), env=environment, check=True)
    return sqlite3.connect(place)
