"""Complaints that say nearly the same: found by trigrams among those of one unit and 90 days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction
from django.db.models.functions import Greatest
from django.utils import timezone

from casework.models import Case
from improvement import notices
from improvement.models import Found, Judged, Theme
from improvement.themes.counting import countable
from workflows.jobs import Turn
from workflows.models import JobRun

#: Two texts are nearly the same from this likeness of their trigrams on (0 to 1).
ALIKE = 0.6
#: So many make a theme; so far apart they may have come.
FEW, APART = 3, timedelta(days=90)
#: Its name among the jobs of the sweep.
JOB = "likeness"
A_DAY = timedelta(days=1)
#: No more than so many of the newest are compared with one.
MOST = 500


def look_for_likeness(now: datetime, since: datetime | None = None) -> list[Theme]:
    """Compare what came in since then with what came before it; returns the themes."""
    since = since or now - APART
    fresh = countable().filter(received_at__gte=since, received_at__lte=now)
    found = (_cluster(case) for case in fresh.order_by("received_at", "pk").iterator())
    return [theme for theme in found if theme]


def look_nightly(turn: Turn) -> None:
    """What came in since the night before, and a day more for what was entered late."""
    last = JobRun.objects.filter(name=JOB).values_list("last_at", flat=True).first()
    since = turn.now - APART if last is None else max(last - A_DAY, turn.now - APART)
    look_for_likeness(turn.now, since)


@transaction.atomic
def _cluster(case: Case) -> Theme | None:
    """The theme of a case and of those that it resembles, if they are enough."""
    alike = [*_alike(case), case]
    if len(alike) < FEW:
        return None
    ids = [each.pk for each in alike]
    standing = Theme.objects.filter(found=Found.WORDS, unit=case.unit, cases__in=ids)
    theme = standing.order_by("-pk").first()
    if theme and theme.state == Judged.DISMISSED:
        return None
    theme = theme or Theme(
        found=Found.WORDS, unit=case.unit, category=case.category, noticed_at=case.received_at
    )
    return _renew(theme, alike)


def _renew(theme: Theme, alike: Iterable[Case]) -> Theme:
    cases = {case.pk: case for case in alike}
    if theme.pk:
        cases |= {case.pk: case for case in theme.cases.all()}
    days = [timezone.localdate(case.received_at) for case in cases.values()]
    theme.first, theme.last, theme.events = min(days), max(days), len(cases)
    theme.words = min((case.subject for case in cases.values()), key=len)
    theme.renewed_at = max(case.received_at for case in cases.values())
    theme.save()
    theme.cases.set(cases)
    notices.theme_found(theme)
    return theme


def _alike(case: Case) -> list[Case]:
    """Those that came in the 90 days before it, to the same unit, in nearly the same words."""
    lately = countable().filter(
        unit=case.unit_id,
        received_at__gte=case.received_at - APART,
        received_at__lte=case.received_at,
    )
    newest = lately.exclude(pk=case.pk).order_by("-received_at", "-pk")[:MOST]
    likeness = Greatest(
        TrigramSimilarity("subject", case.subject), TrigramSimilarity("text", case.text)
    )
    near = Case.objects.filter(pk__in=newest.values("pk")).annotate(likeness=likeness)
    return list(near.filter(likeness__gte=ALIKE))
