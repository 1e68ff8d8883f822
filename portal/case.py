"""The citizen's own case: its page, the part of it that renews itself, and its files."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from casework import timeline, uploads
from casework.labels import citizen_label
from casework.models import Attachment, Audience, Case, Event
from portal import asks, promises, words
from portal.signed import actor_of, by_link
from workflows import shown
from workflows.actions import acts_for
from workflows.answers import answer_to, shared_answer_to, target_of
from workflows.windows import way_on_after

_ICONS = {
    "citizen": "person",
    "ask": "ask",
    "hold": "pause",
    "respond": "reply",
    "approve": "reply",
    "message": "reply",
    "late": "late",
    **dict.fromkeys(("due_moved", "extend", "set_deadline"), "clock"),
    "promise": "calendar",
    "keep": "check",
}


class PageRequest(HttpRequest):
    """A request that knows whether htmx asks; set by its middleware."""

    htmx: HtmxDetails


@never_cache
@require_safe
@by_link
def case_page(request: PageRequest, case: Case, token: str) -> HttpResponse:
    """The whole page; htmx gets the part alone, and nothing where it has seen it all."""
    context = _shown(case) | {"token": token}
    if not request.htmx:
        return render(request, "portal/case.html", context)
    if request.GET.get("seen") == context["version"]:
        return HttpResponse(status=204)
    return render(request, "portal/_case.html", context | {"news": _news(case, context)})


def _shown(case: Case) -> dict[str, Any]:
    """What the citizen sees of a case; of a merged one, where its target stands."""
    target = target_of(case)
    acts = acts_for(case, actor_of(case))
    events = list(timeline.shown_to_citizen(case))
    answer = answer_to(case, events)
    newest = events[0].pk if events else 0
    return {
        "case": case,
        "status": target.status,
        "unit": target.unit,
        "acts": acts,
        "road": words.road(target, events if target == case else []),
        "sentence": words.sentence(case, target, acts),
        "deadline": words.deadline(case),
        **_owed(target, events),
        "ombudsman": words.ombudsman(case, target, acts),
        "answer": answer,
        "way_on": asks.way_on(way_on_after(case, acts, events[0] if events else None)),
        "question": question_of(events) if "answered" in acts else "",
        "entries": [entry(event) | {"stands_above": event == answer} for event in events],
        "version": f"{newest}.{target.status}.{answer.pk if answer else 0}",
    }


def _owed(target: Case, events: list[Event]) -> dict[str, Any]:
    """By when we answer, and what we promised with an answer."""
    owed, now = shown.owed(target), timezone.now()
    shown.warm_clocks(owed)
    return {
        "promise": promises.promise_in(owed, now),
        "remedies": promises.remedies_in(owed, events, now),
    }


def _news(case: Case, context: dict[str, Any]) -> str:
    """What is new, in a sentence for those who do not see the page change."""
    newest = context["entries"][0]["label"] if context["entries"] else ""
    what = context["status"].label if case.merged_into_id else newest
    return _("Something new: %(what)s") % {"what": what}


def question_of(events: list[Event]) -> str:
    """The words of our latest question."""
    return next((event.text for event in events if event.kind == "ask"), "")


def entry(event: Event) -> dict[str, Any]:
    """One line of the history. Of a bare step the citizen reads the label, never the words."""
    theirs = event.is_theirs or event.kind == "filed"
    has_card = event.tells_citizen and bool(event.text or event.attachments.all())
    kind = "system" if not has_card else "citizen" if theirs else "public"
    icon = _ICONS.get("citizen" if theirs else event.kind, "move")
    label = citizen_label(event)
    if stars := event.data.get("stars"):
        label = _("%(label)s: %(stars)s of 5") % {"label": label, "stars": stars}
    return {"event": event, "kind": kind, "icon": icon, "label": label}


@require_safe
@by_link
def download(request: HttpRequest, case: Case, token: str, pk: int) -> HttpResponse:
    """A file of the public timeline; of a merger's target only those of its answer."""
    mine = Q(event__case=case, event__audience=Audience.PUBLIC)
    if answer := shared_answer_to(case):
        mine |= Q(event=answer)
    found = Attachment.objects.filter(mine, pk=pk).first()
    if found is None:
        raise Http404
    return uploads.as_response(found)
