"""The app of the search index."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "tomoni.search"
    default_auto_field = "django.db.models.BigAutoField"
