"""The app of this package."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "tomoni.papers"
    default_auto_field = "django.db.models.BigAutoField"
