"""The app of this package."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "tomoni.files"
    default_auto_field = "django.db.models.BigAutoField"
