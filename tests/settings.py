"""The settings of the tests: the real ones, on a server that may forget, with quick passwords."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from config import postgres, translations
from config.environment import PROJECT

KEPT = Path(os.environ.get("DATA_DIR", PROJECT / ".data")).resolve()
if not os.environ.get("DATABASE_URL"):
    os.environ["DATABASE_URL"] = postgres.start(KEPT / "postgres-tests", durable=False)
FOLDER = tempfile.mkdtemp(prefix="tanggap-tests-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ |= {
    "BASE_URL": "http://localhost:8000",
    "DATA_DIR": FOLDER,
    "DEMO": "1",
    "DEBUG": "0",
    "REDIS_URL": "",
    "EMAIL_URL": "",
    "SECRET_KEY": "for tests alone, so that every worker has the same one",
    "CONTACT_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
}
translations.compile_changed()

from config import connections  # noqa: E402 - the environment comes first
from config.settings import *  # noqa: E402, F403

# Tests empty tables; history refuses that to everybody else.
DATABASES = {
    "default": connections.database(
        os.environ["DATABASE_URL"],
        session=f"{connections.SESSION} -c casework.allow_truncate=on",
    )
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Nobody counts how often a test knocks, but for those of the throttles (`counted`).
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
