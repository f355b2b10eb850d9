"""The app of this package."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "tomoni.proposals"
    default_auto_field = "django.db.models.BigAutoField"
