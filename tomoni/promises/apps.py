"""The app of this package."""

from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "tomoni.promises"
    default_auto_field = "django.db.models.BigAutoField"
