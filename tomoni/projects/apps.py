"""The app of this package."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "tomoni.projects"
    default_auto_field = "django.db.models.BigAutoField"
