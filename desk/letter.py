"""A letter to the complainant: what they were not told yet, or what stands, to print or read."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.pages import staff_page
from accounts.requests import StaffRequest
from casework import timeline
from casework.access import NoSuchCase, is_member, visible_case
from casework.labels import citizen_label
from casework.models import Case, Event
from desk.cases import RELATED
from desk.letter_words import way_on, where_it_stands
from desk.printed import in_their_language, printed
from workflows import telling
from workflows.actions import acts_for
from workflows.answers import shared_answer_to, target_of, what_stands


@staff_page
@never_cache
@require_safe
def letter(request: StaffRequest, reference: str) -> HttpResponse:
    """The letter of a case, for those who handle it. `?event=` chooses one event by its number."""
    case = visible_case(request.user, reference, *RELATED)
    if not is_member(request.user, case):
        raise Http404
    target = _seen_target(request, case)
    events = _chosen(case, target, request.GET.get("event", ""))
    with in_their_language(case):
        said = {
            "parts": [(citizen_label(event), event) for event in events],
            "way_on": way_on(case),
            **where_it_stands(case, target, events),
        }
        sheet = printed(request, case, "desk/letters/letter.html", said)
    acts = acts_for(case, request.user)
    context = {"case": case, "letter": sheet, "acts": acts, "apart": target is None}
    return render(request, "desk/letter.html", context)


def _seen_target(request: StaffRequest, case: Case) -> Case | None:
    """The case that this one goes on in: itself, or another that the clerk sees, else None.

    Its answer stands in the letter: that is a look at it.
    """
    target = target_of(case)
    try:
        return case if target == case else visible_case(request.user, target.reference)
    except NoSuchCase:
        return None


def _chosen(case: Case, target: Case | None, number: str) -> list[Event]:
    """One event that was asked for, else what is untold, else the word of ours that stands."""
    events = list(timeline.shown_to_citizen(case))
    if number:
        news = filter(telling.is_news, events)
        return _only(event for event in news if str(event.number) == number)
    if target and (shared := shared_answer_to(case)):
        return [shared]
    if case.untold_at and (untold := telling.untold(case.events.order_by("number"))):
        return untold
    return list(filter(None, [what_stands(case, events)]))


def _only(found) -> list[Event]:
    events = list(found)
    if not events:
        raise Http404
    return events
