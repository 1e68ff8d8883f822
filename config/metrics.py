"""`/metrics`: how the installation does, as Prometheus reads it. No personal data, no cases.

Computed when asked, so that it is the same whichever process answers.
"""

from __future__ import annotations

import platform
import tomllib
from collections.abc import Iterator
from ipaddress import IPv6Address, ip_address

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from config.environment import PROJECT
from notifications import backlog

VERSION = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["version"]
#: Whoever adds one of these speaks for somebody else.
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for programs on this machine that ask directly; 404 for everybody else."""
    if not _is_local(request):
        raise Http404
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _is_local(request: HttpRequest) -> bool:
    """Whether the asker is on this machine. A proxy there passes on others: its word counts not."""
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


class Installation(Collector):
    """The figures, each read when Prometheus asks."""

    def collect(self) -> Iterator[Metric]:
        build = GaugeMetricFamily(
            "tanggap_build_info", "The running release.", labels=("version", "python")
        )
        build.add_metric((VERSION, platform.python_version()), 1)
        yield build
        try:
            known = list(_of_the_database())
        except DatabaseError:
            known = []
        up = GaugeMetricFamily("tanggap_database_up", "1 while the database answers.")
        up.add_metric((), bool(known))
        yield from (up, *known)


def _of_the_database() -> Iterator[Metric]:
    now = timezone.now()
    messages = GaugeMetricFamily(
        "tanggap_outbox_messages",
        f"E-mails that are owed or were given up, counted up to {backlog.MOST}.",
        labels=("state",),
    )
    for state, count in backlog.counts().items():
        messages.add_metric((state,), count)
    yield messages
    late = GaugeMetricFamily(
        "tanggap_outbox_oldest_due_seconds",
        "For how long the longest due e-mail has been due; 0 where none is.",
    )
    late.add_metric((), backlog.lateness(now))
    yield late
    if swept := backlog.last_sweep():
        age = GaugeMetricFamily(
            "tanggap_sweep_age_seconds", "Since time last acted on cases; up to 60 are normal."
        )
        age.add_metric((), max(0.0, (now - swept).total_seconds()))
        yield age


registry = CollectorRegistry()
registry.register(Installation())
