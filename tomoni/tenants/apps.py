"""The app of the municipalities."""

from django.apps import AppConfig


class TenantsConfig(AppConfig):
    name = "tomoni.tenants"
    default_auto_field = "django.db.models.BigAutoField"
