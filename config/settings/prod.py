"""In production: PostgreSQL, HTTPS only, everything secret from the environment."""

import os

from config.settings.base import *

SECRET_KEY = os.environ["TOMONI_SECRET_KEY"]
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
