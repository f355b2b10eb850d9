"""The app of this package."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "tomoni.imports"
    default_auto_field = "django.db.models.BigAutoField"
