"""The app of this package."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "tomoni.plans"
    default_auto_field = "django.db.models.BigAutoField"
