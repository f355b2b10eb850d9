"""The app of rulebooks."""

from django.apps import AppConfig


class RulebooksConfig(AppConfig):
    name = "tomoni.rulebooks"
    default_auto_field = "django.db.models.BigAutoField"
