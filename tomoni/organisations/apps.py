"""The app of this package."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "tomoni.organisations"
    default_auto_field = "django.db.models.BigAutoField"
