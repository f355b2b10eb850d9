"""The app of events."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "tomoni.history"
    default_auto_field = "django.db.models.BigAutoField"
