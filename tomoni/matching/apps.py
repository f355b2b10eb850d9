"""The app of this package."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "tomoni.matching"
    default_auto_field = "django.db.models.BigAutoField"
