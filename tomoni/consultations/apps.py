"""The app of this package."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "tomoni.consultations"
    default_auto_field = "django.db.models.BigAutoField"
