"""The app of this package."""

from django.apps import AppConfig


class RevisionsConfig(AppConfig):
    name = "tomoni.revisions"
    default_auto_field = "django.db.models.BigAutoField"
