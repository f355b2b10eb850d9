"""At home and in the demonstration: SQLite in var/, mail into files, a secret made at first start."""

import os
import secrets

from config.settings.base import *

VAR.mkdir(parents=True, exist_ok=True)
STATIC_ROOT.mkdir(exist_ok=True)
_secret = VAR / "secret"
if not _secret.exists():
    _secret.write_text(secrets.token_urlsafe(50), encoding="utf-8")
SECRET_KEY = _secret.read_text(encoding="utf-8")
DEBUG = os.environ.get("TOMONI_DEBUG", "") == "1"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
