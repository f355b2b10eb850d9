"""The app of this package."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "tomoni.portal"
    default_auto_field = "django.db.models.BigAutoField"
