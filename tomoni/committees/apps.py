"""The app of this package."""

from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "tomoni.committees"
    default_auto_field = "django.db.models.BigAutoField"
