"""The app of cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tomoni.cases"
    default_auto_field = "django.db.models.BigAutoField"
