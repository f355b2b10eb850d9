"""The app of people and parties."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "tomoni.parties"
    default_auto_field = "django.db.models.BigAutoField"
