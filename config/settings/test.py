"""For tests: fast password hashing, mail in memory, tasks at once, files in a folder of their own."""

import os
import tempfile
from pathlib import Path

from config.settings.base import *

SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
INSTALLED_APPS = [*INSTALLED_APPS, "tests.sample"]
DATABASES = {"default": database(os.environ.get("TOMONI_TEST_DATABASE", "sqlite:///:memory:"))}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="tomoni-media-"))
STATIC_ROOT = Path(tempfile.mkdtemp(prefix="tomoni-static-"))
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
AXES_ENABLED = False
ACCOUNT_RATE_LIMITS = False
# Coverage counts templates, too, and asks for this.
TEMPLATES[0]["OPTIONS"]["debug"] = True
