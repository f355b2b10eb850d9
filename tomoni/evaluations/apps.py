"""The app of this package."""

from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    name = "tomoni.evaluations"
    default_auto_field = "django.db.models.BigAutoField"
