"""The product's settings, hurried where it does not matter for what is tested."""

import os

from samordning.settings import *  # noqa: F403
from samordning.settings import DATABASES

# ./start test runs several parts at a time, each in a database of its own.
DATABASES["default"]["TEST"] = {"NAME": f"test_{os.environ.get('SAMORDNING_TESTDEL', 'app')}"}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
# Nothing is collected for tests; static files are looked up when they are asked for.
WHITENOISE_AUTOREFRESH = True
