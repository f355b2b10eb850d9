"""The app of the page frame. Loads every app's panels once all apps stand."""

from django import forms
from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "tomoni.ui"

    def ready(self) -> None:
        """Let each app fill the places that earlier pages leave, and let an empty field say what to do."""
        autodiscover_modules("panels")
        # Also for the forms of libraries: the framework's own sentence only says that a field is required.
        forms.Field.default_error_messages["required"] = _("書いてください。")
        forms.ChoiceField.default_error_messages["required"] = _("選んでください。")
        forms.MultipleChoiceField.default_error_messages["required"] = _("1つ以上選んでください。")
        forms.FileField.default_error_messages["required"] = _("ファイルを選んでください。")
        forms.BooleanField.default_error_messages = {"required": _("確かめて、しるしを付けてください。")}
