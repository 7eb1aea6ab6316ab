"""All settings. What depends on the place is read from the environment; the defaults are the safe ones.

The variables are listed with their meaning in README.md, "Drift".
"""

import base64
import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROT = Path(__file__).resolve().parent.parent


def _flagga(namn, standard):
    return os.environ.get(namn, standard) == "1"


def _hemlig(namn):
    if varde := os.environ.get(namn):
        return varde
    raise ImproperlyConfigured(f"{namn} saknas i miljön. ./start sätter den; i drift, se README.md under Drift.")


def _databas(url):
    """postgresql://user:password@host-or-%2Fsocket%2Fdir:port/name?option=value"""
    delar = urlsplit(url)
    vard = delar.netloc.rpartition("@")[2]
    socket = "%2F" in vard.upper()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(delar.path.lstrip("/")),
        "USER": unquote(delar.username or ""),
        "PASSWORD": unquote(delar.password or ""),
        "HOST": unquote(vard) if socket else delar.hostname or "",
        "PORT": "" if socket else str(delar.port or ""),
        "OPTIONS": dict(parse_qsl(delar.query)),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


DEBUG = _flagga("SAMORDNING_DEBUG", "0")
DEMO = _flagga("SAMORDNING_DEMO", "0")
HTTPS = _flagga("SAMORDNING_HTTPS", "1")
SECRET_KEY = _hemlig("SAMORDNING_HEMLIGHET")
ALLOWED_HOSTS = os.environ.get("SAMORDNING_VARDAR", "localhost,127.0.0.1,[::1]").split(",")
ADRESS = os.environ.get("SAMORDNING_ADRESS", "http://localhost:8000").rstrip("/")
DATA = Path(os.environ.get("SAMORDNING_DATA", ROT / ".data"))

# Key id (1-255) -> 32 bytes; the first is used for writing, all for reading.
KRYPTERINGSNYCKLAR = {
    int(nyckel_id): base64.b64decode(varde)
    for nyckel_id, varde in (del_.split(":", 1) for del_ in _hemlig("SAMORDNING_NYCKLAR").split(","))
}
UPPSLAGSNYCKEL = base64.b64decode(_hemlig("SAMORDNING_UPPSLAGSNYCKEL"))

DATABASES = {"default": _databas(_hemlig("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "samordning.apps.TakConfig",
    "samordning.karna",
    "moten",
    "insatser",
    "remisser",
    "uppfoljning",
    "ekonomi",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "samordning.apps.Statiska",
    "allauth",
    "allauth.account",
    "bootstrap",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "heroicons",
]

MIDDLEWARE = [
    "samordning.karna.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "samordning.karna.middleware.Svarshuvuden",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samordning.karna.middleware.Inloggning",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samordning.karna.middleware.OtillatnaOvergangar",
    "samordning.karna.middleware.FelMetod",
]

ROOT_URLCONF = "samordning.urls"
WSGI_APPLICATION = "samordning.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samordning.navigation.samordning",
            ]
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

LANGUAGE_CODE = "sv"
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [ROT / "static"]
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "woff2"]
MEDIA_ROOT = DATA / "filer"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
STORSTA_FIL = 20 * 2**20

# Accounts: local ones by django-allauth; who may do what is `Uppdrag`, never Django's groups.
AUTH_USER_MODEL = "karna.Anvandare"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["epost", "namn"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "sidor:start"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "insatser:insats_list"
ACCOUNT_ADAPTER = "samordning.karna.konton.adapter.Kontoadapter"
ACCOUNT_FORMS = {
    "login": "samordning.karna.konton.allauth_forms.Inloggning",
    "change_password": "samordning.karna.konton.allauth_forms.BytLosenord",
    "reset_password": "samordning.karna.konton.allauth_forms.GlomtLosenord",
    "reset_password_from_key": "samordning.karna.konton.allauth_forms.NyttLosenord",
    "confirm_password_reset_code": "samordning.karna.konton.allauth_forms.Kod",
    "reauthenticate": "samordning.karna.konton.allauth_forms.Bekraftelse",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "epost"
ACCOUNT_EMAIL_VERIFICATION = "none"
# The adapter sends an unknown address nothing, but has to be asked: it does the same work for it.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
# How many proxies of our own write X-Forwarded-For; karna.klient reads it. 0: the header is ignored.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("SAMORDNING_PROXYER", "0"))

SESSION_COOKIE_AGE = 10 * 3600  # without being used: karna.middleware.Inloggning renews it
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [ADRESS]
CSRF_FAILURE_VIEW = "samordning.views.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^halsa/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
# `X-Frame-Options` and the content policy are set together in karna.middleware.Svarshuvuden.
SILENCED_SYSTEM_CHECKS = ["security.W002"]

REDIS_URL = os.environ.get("REDIS_URL", "redis://localhost:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", REDIS_URL)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 15 * 60  # a step that hangs would keep its lease for ever
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "max_retries": 1,
}

EMAIL_BACKEND = (
    "django.core.mail.backends."
    + ("smtp" if os.environ.get("SAMORDNING_MEJLSERVER") else "filebased")
    + ".EmailBackend"
)
EMAIL_FILE_PATH = DATA / "mejl"
EMAIL_HOST = os.environ.get("SAMORDNING_MEJLSERVER", "")
EMAIL_PORT = int(os.environ.get("SAMORDNING_MEJLPORT", "587"))
EMAIL_HOST_USER = os.environ.get("SAMORDNING_MEJLKONTO", "")
EMAIL_HOST_PASSWORD = os.environ.get("SAMORDNING_MEJLLOSENORD", "")
EMAIL_USE_TLS = _flagga("SAMORDNING_MEJLTLS", "1")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("SAMORDNING_AVSANDARE", "Samordning <ingen-svar@example.se>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "samordning.karna.logg.RequestIdFilter"}},
    "formatters": {
        "rad": {
            "()": "samordning.karna.logg.UtanVarden",
            "format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s",
        }
    },
    "handlers": {"konsol": {"class": "logging.StreamHandler", "formatter": "rad", "filters": ["request_id"]}},
    "root": {"handlers": ["konsol"], "level": "INFO"},
    # Django's own handlers would mail whole requests to administrators and print exceptions with their values.
    # Celery would tell of every ring of beat, twice a minute; what a job did is in its row.
    "loggers": {
        "django": {"handlers": [], "propagate": True, "level": "INFO"},
        **dict.fromkeys(("celery.beat", "celery.worker.strategy", "celery.app.trace"), {"level": "WARNING"}),
    },
}
