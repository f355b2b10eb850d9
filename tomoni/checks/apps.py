"""The app of this package."""

from django.apps import AppConfig


class ChecksConfig(AppConfig):
    name = "tomoni.checks"
    default_auto_field = "django.db.models.BigAutoField"
