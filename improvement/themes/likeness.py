"""Complaints that say nearly the same: found by trigrams among those of one unit and 90 days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Greatest
from django.utils import timezone

from casework.models import Case
from casework.querysets import CaseQuerySet
from improvement import notices
from improvement.models import Compared, Found, Judged, Theme
from improvement.themes.counting import countable
from improvement.themes.deciding import is_quiet
from workflows.jobs import Turn, zone_of_the_agency
from workflows.models import JobRun

#: Two texts are nearly the same from this likeness of their trigrams on (0 to 1).
ALIKE = 0.6
#: So many make a theme; so far apart they may have come.
FEW, APART = 3, timedelta(days=90)
#: Its name among the jobs of the sweep, and how long it may work at a time.
JOB, A_TURN = "likeness", timedelta(seconds=20)
#: So long a case may wait for its category and unit: until then it is compared with nothing.
UNTIL_SORTED = timedelta(days=7)
#: No more than so many of the newest are compared with one.
MOST = 500


def look_for_likeness(now: datetime, since: datetime | None = None) -> list[Theme]:
    """Compare what came in since then with what came before it; returns the themes."""
    fresh = _received_by(now).filter(received_at__gte=since or now - APART)
    return [theme for case in fresh.iterator() if (theme := _cluster(case, now))]


def look_nightly(turn: Turn) -> None:
    """Compare what came in since; what the time does not suffice for waits for the next sweep."""
    recount()
    for case in _not_compared(turn.now).iterator():
        _cluster(case, turn.now)
        if turn.is_over():
            Compared.objects.update_or_create(defaults={"case": case})
            return
    Compared.objects.all().delete()


def recount() -> None:
    """Let go of the cases that count no longer: they were hidden, or joined to another, since."""
    behind = Theme.cases.through.objects.all()
    gone = behind.filter(~Exists(countable().filter(pk=OuterRef("case"))))
    for theme in Theme.objects.filter(pk__in=gone.values("theme")):
        _count(theme, _still_countable(theme))


def recounted(themes: Iterable[Theme]) -> list[Theme]:
    """As `recount`, for whoever shows them before the night: nothing is kept."""
    found = {theme.pk: theme for theme in themes}
    alike = [theme.pk for theme in found.values() if theme.found == Found.WORDS]
    behind = Theme.cases.through.objects.filter(theme__in=alike, case__in=countable())
    numbers = Counter(behind.values_list("theme", flat=True))
    for pk in alike:
        found[pk].events = numbers[pk]
    return list(found.values())


def _not_compared(now: datetime) -> CaseQuerySet:
    """What came after the last one compared, where the time was up; else since the night before.

    And a week more, for what was entered or sorted late.
    """
    stopped = Compared.objects.select_related("case").first()
    if stopped:
        last = stopped.case
        return _received_by(now).beyond("received_at", last.received_at, last.pk, descending=False)
    night = JobRun.objects.filter(name=JOB).values_list("last_at", flat=True).first()
    since = now - APART if night is None else max(night - UNTIL_SORTED, now - APART)
    return _received_by(now).filter(received_at__gte=since)


def _received_by(now: datetime) -> CaseQuerySet:
    return countable().filter(received_at__lte=now).order_by("received_at", "pk")


@transaction.atomic
def _cluster(case: Case, now: datetime) -> Theme | None:
    """The theme of a case and of those that it resembles, if they are enough."""
    alike = [*_alike(case), case]
    if len(alike) < FEW:
        return None
    ids = [each.pk for each in alike]
    standing = Theme.objects.filter(found=Found.WORDS, unit=case.unit, cases__in=ids)
    theme = standing.order_by("-pk").first()
    if theme and is_quiet(theme, now):
        return None
    if theme is None or theme.state == Judged.DISMISSED:
        theme = Theme(
            found=Found.WORDS, unit=case.unit, category=case.category, noticed_at=case.received_at
        )
    return _renew(theme, alike)


def _renew(theme: Theme, alike: Iterable[Case]) -> Theme:
    cases = {case.pk: case for case in alike}
    if theme.pk:
        cases |= {case.pk: case for case in _still_countable(theme)}
    theme.renewed_at = max(case.received_at for case in cases.values())
    _count(theme, cases.values())
    notices.theme_found(theme)
    return theme


def _still_countable(theme: Theme) -> CaseQuerySet:
    return countable().filter(pk__in=theme.cases.values("pk"))


@transaction.atomic
def _count(theme: Theme, cases: Iterable[Case]) -> None:
    """Keep it with these cases, their number, and their first and last day."""
    found = list(cases)
    zone = zone_of_the_agency()
    days = [timezone.localdate(case.received_at, zone) for case in found]
    if days:
        theme.first, theme.last = min(days), max(days)
    theme.events = len(found)
    # Nothing else: what somebody decided meanwhile stands.
    theme.save(update_fields=["first", "last", "events", "renewed_at"] if theme.pk else None)
    theme.cases.set(found)


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
    # In two steps, and not as a condition: the database takes it for a cheap one, and would compare
    # every case before it looks which are meant.
    meant = list(newest.values_list("pk", flat=True))
    compared = Case.objects.filter(pk__in=meant).values_list("pk", likeness)
    near = [pk for pk, found in compared if found >= ALIKE]
    return list(Case.objects.filter(pk__in=near)) if near else []
