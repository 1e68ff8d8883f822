"""Django's settings, from the environment as config.environment reads it."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from config import connections
from config.discretion import without_paths, without_peers
from config.environment import PROJECT, Environment
from config.postgres import Server

environment = Environment()

BASE_DIR = PROJECT
DATA_DIR = environment.data_dir
DEBUG = environment.debug
DEMO = environment.demo
# The demo password is public knowledge: it opens nothing that others can reach.
DEMO_LOGINS = environment.demo and environment.loopback
BASE_URL = environment.base_url
HOST = urlsplit(BASE_URL).hostname
SECRET_KEY = environment.secret_key
CONTACT_KEYS = environment.contact_keys
ALLOWED_HOSTS = environment.allowed_hosts
TRUSTED_PROXIES = environment.trusted_proxies

# What runs

INSTALLED_APPS = [
    "accounts.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "channels",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "django_cotton",
    "pgtrigger",
    "accounts",
    "casework",
    "workflows",
    "notifications",
    "figures",
    "improvement",
    "desk",
    "portal",
    "api",
    "demo",
    "viewflow",
    "viewflow.workflow",
]
VIEWFLOW = {"AUTOREGISTER": False}
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before the policies: they are said of pages, and would be half of many a small file.
    "config.static.WholeFiles",
    "csp.middleware.CSPMiddleware",
    "config.headers.permissions_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.languages.AgencyLocale",
    "config.bodies.refuse_too_large",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.agency.agency",
                "notifications.tray.unread",
            ],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # templates/django/forms comes first

# Where things are kept

DATABASES = {
    "default": connections.database(
        environment.database_url or Server(DATA_DIR / "postgres").url,
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = DATA_DIR / "media"
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "config.static.HashedFiles"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
CHANNEL_LAYERS = {"default": connections.channel_layer(environment.redis_url)}
CACHES = {"default": connections.cache(environment.redis_url)}
# With Redis there are several processes, and `manage.py relay` is one of them.
RELAY_IN_PROCESS = not environment.redis_url

# Who comes in

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.StaffBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/desk/"
# In the browser: the other storage would open a session for whoever has much to be told.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SESSION_COOKIE_AGE = 12 * 3600  # seconds: one long working day

# What a browser is told

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = environment.secure
LANGUAGE_COOKIE_SECURE = environment.secure
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
SECURE_SSL_REDIRECT = environment.secure
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if environment.secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = environment.secure
# The path of a signed link is a key: no other site may learn it.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        # 'self' covers the page's WebSocket only in newer browsers.
        "connect-src": [SELF, BASE_URL.replace("http", "ws", 1)],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Uploads: casework.uploads takes ten files of ten megabytes and says so. config.bodies reads no
# more than they and a form need, casework.receiving keeps no more of them; beyond the first
# megabyte it goes to disk at once. Files are many where nothing of them is kept.
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024**2
MAX_BODY = 10 * 10 * 1024**2 + DATA_UPLOAD_MAX_MEMORY_SIZE
FILE_UPLOAD_HANDLERS = ["casework.receiving.Sparing"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024**2
FILE_UPLOAD_PERMISSIONS = 0o600

# What other programs are told

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.BearerKey"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["api.parsers.BoundedJSON", "api.parsers.PlainMultiPart"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "api.problems.as_problem",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Tanggap",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "StageEnum": "casework.stages.Stage",
        "StatusEnum": "casework.stages.Status",
        "KindEnum": "casework.models.case.Kind",
        "ChannelEnum": "casework.models.case.Channel",
    },
}

# Words and hours

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

# Mail and logs

globals().update(connections.mail(environment.email_url, default_sender=f"no-reply@{HOST}"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            # Whoever develops sees also what an exception says.
            "()": "logging.Formatter" if DEBUG else "config.discretion.Discreet",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "filters": {
        "without_paths": {"()": lambda: without_paths},
        "without_peers": {"()": lambda: without_peers},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_paths", "without_peers"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO" if DEBUG else "WARNING"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # Here too, for whoever starts the web server by its own command.
        "uvicorn": {"handlers": ["console"], "propagate": False},
        # A line for each request, with address and path, is what nobody may keep.
        "uvicorn.access": {"handlers": [], "propagate": False},
    },
}
