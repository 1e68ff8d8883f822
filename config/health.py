"""Answers for load balancers and watchdogs: is the process up, can it serve."""

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and knows every migration of this release, else 503."""
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        return _not_ready("The database does not answer.")
    if not latest_migrations() <= applied:
        return _not_ready("Migrations are waiting: run bin/manage migrate.")
    return HttpResponse("ready\n", content_type="text/plain")


@cache
def latest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app, from the files of this release."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _not_ready(reason: str) -> HttpResponse:
    return HttpResponse(f"{reason}\n", content_type="text/plain", status=503)
