"""The app of the page frame. Loads every app's panels once all apps stand."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class UiConfig(AppConfig):
    name = "tomoni.ui"

    def ready(self) -> None:
        """Let each app fill the places that earlier pages leave."""
        autodiscover_modules("panels")
