"""The app of this package."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "tomoni.agreements"
    default_auto_field = "django.db.models.BigAutoField"
