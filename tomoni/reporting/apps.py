"""The app of this package."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "tomoni.reporting"
    default_auto_field = "django.db.models.BigAutoField"
