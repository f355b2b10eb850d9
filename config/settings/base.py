"""What holds everywhere. Places differ through environment variables that begin with TOMONI_."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("TOMONI_VAR", ROOT / "var"))

DEBUG = False
SECRET_KEY = os.environ.get("TOMONI_SECRET_KEY", "")
ALLOWED_HOSTS = [host for host in os.environ.get("TOMONI_HOSTS", "127.0.0.1,localhost").split(",") if host]
SITE_NAME = "ともに"
SITE_URL = os.environ.get("TOMONI_URL", "http://127.0.0.1:8000")  # for the addresses in mails

INSTALLED_APPS = [
    "tomoni.tenants",
    "tomoni.parties",
    "tomoni.history",
    "tomoni.files",
    "tomoni.rulebooks",
    "tomoni.ui",
    "tomoni.search",
    "tomoni.cases",
    "tomoni.imports",
    "tomoni.organisations",
    "tomoni.committees",
    "tomoni.consultations",
    "tomoni.matching",
    "tomoni.proposals",
    "tomoni.agreements",
    "tomoni.projects",
    "tomoni.evaluations",
    "tomoni.plans",
    "tomoni.checks",
    "tomoni.promises",
    "tomoni.revisions",
    "tomoni.reporting",
    "tomoni.papers",
    "tomoni.portal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "simple_history",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tomoni.tenants.middleware.MunicipalityMiddleware",
    "tomoni.parties.middleware.ActorMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tomoni.ui.context.frame",
                "tomoni.portal.context.turns",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "tomoni.ui.templatetags.ui",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
        },
    }
]


def database(url: str) -> dict[str, Any]:
    """Settings from `sqlite:////folder/file` or `postgresql://user:password@host:port/name` (host may be a folder)."""
    if url.startswith("sqlite:///"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.removeprefix("sqlite:///"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.removeprefix("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


# A component sees only what it is given, never the variables of the page around it.
COTTON_ISOLATE_BY_DEFAULT = True

DATABASES = {"default": database(os.environ.get("TOMONI_DATABASE", f"sqlite:///{VAR / 'tomoni.sqlite3'}"))}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語")]
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "media"
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A sheet may be 50 MB; forms carry many small fields when a whole page of doubts is answered at once.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# People
AUTH_USER_MODEL = "parties.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_ADAPTER = "tomoni.ui.accounts.ClosedAccounts"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME
# Addresses are written down by the city that makes the account; nobody brings a foreign one.
MFA_ALLOW_UNVERIFIED_EMAIL = True
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"

# A city's own sign-in, where it has one: both are set up by environment variables, without code.
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if "TOMONI_OIDC_SERVER" in os.environ:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": os.environ.get("TOMONI_OIDC_ID", "city"),
                "name": os.environ.get("TOMONI_OIDC_NAME", "職員認証"),
                "client_id": os.environ["TOMONI_OIDC_CLIENT"],
                "secret": os.environ["TOMONI_OIDC_SECRET"],
                "settings": {"server_url": os.environ["TOMONI_OIDC_SERVER"]},
            }
        ]
    }
if "TOMONI_SAML_METADATA" in os.environ:
    SOCIALACCOUNT_PROVIDERS["saml"] = {
        "APPS": [
            {
                "provider_id": os.environ.get("TOMONI_SAML_ENTITY", "city-saml"),
                "name": os.environ.get("TOMONI_SAML_NAME", "職員認証"),
                "client_id": os.environ.get("TOMONI_SAML_SLUG", "city"),
                "settings": {
                    "idp": {
                        "entity_id": os.environ.get("TOMONI_SAML_ENTITY", "city-saml"),
                        "metadata_url": os.environ["TOMONI_SAML_METADATA"],
                    },
                    "attribute_mapping": {"uid": "uid", "email": "email"},
                },
            }
        ]
    }

# Safety
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {"camera": [], "geolocation": [], "microphone": []}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("TOMONI_MAIL_HOST", "localhost")
DEFAULT_FROM_EMAIL = os.environ.get("TOMONI_MAIL_FROM", "tomoni@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("TOMONI_LOG", "WARNING")},
}

SIMPLE_HISTORY_REVERT_DISABLED = True
SILENCED_SYSTEM_CHECKS: list[str] = []
