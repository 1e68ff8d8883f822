"""A letter to the complainant: what they were not told yet, or our last word, to print or read."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.pages import staff_page
from accounts.requests import StaffRequest
from casework import timeline
from casework.access import is_member, visible_case
from casework.labels import citizen_label
from casework.models import Case, Event
from desk.cases import RELATED
from desk.letter_words import way_on
from desk.printed import in_their_language, printed
from workflows import telling
from workflows.actions import acts_for
from workflows.answers import shared_answer_to


@staff_page
@never_cache
@require_safe
def letter(request: StaffRequest, reference: str) -> HttpResponse:
    """The letter of a case, for those who handle it. `?event=` chooses one event by its number."""
    case = visible_case(request.user, reference, *RELATED)
    if not is_member(request.user, case):
        raise Http404
    events = _chosen(case, request.GET.get("event", ""))
    with in_their_language(case):
        said = {
            "parts": [(citizen_label(event), event) for event in events],
            "status": case.status.label,
            "way_on": way_on(case),
        }
        sheet = printed(request, case, "desk/letters/letter.html", said)
    context = {"case": case, "letter": sheet, "acts": acts_for(case, request.user)}
    return render(request, "desk/letter.html", context)


def _chosen(case: Case, number: str) -> list[Event]:
    """One event that was asked for, else what is untold, else the last of our words."""
    events = list(timeline.shown_to_citizen(case))
    news = [event for event in events if telling.is_news(event)]
    if number:
        return _only(event for event in news if str(event.number) == number)
    if shared := shared_answer_to(case):
        return [shared]
    return (case.untold_at and telling.untold(case.events.order_by("number"))) or news[:1]


def _only(found) -> list[Event]:
    events = list(found)
    if not events:
        raise Http404
    return events
