"""A page and a server to measure the pool with: run as `python -m tests.config.site PORT`."""

import os
import sys

import django
import uvicorn

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from django.core.asgi import get_asgi_application  # noqa: E402 - after the setup
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402


def backend(request: HttpRequest) -> HttpResponse:
    """Keep a connection busy for a moment and say which one it was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), pg_sleep(0.02)")
        return HttpResponse(str(cursor.fetchone()[0]))


urlpatterns = [path("backend", backend)]

if __name__ == "__main__":
    from django.conf import settings

    settings.ROOT_URLCONF = "tests.config.site"
    uvicorn.run(get_asgi_application(), port=int(sys.argv[1]), log_level="warning")
