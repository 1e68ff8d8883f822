"""The queue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect, push_url

from accounts.pages import staff_page
from accounts.requests import StaffRequest
from casework import queues
from casework.access_log import log_search
from casework.models import Case, Category
from casework.querysets import sight_of
from casework.references import read_reference
from casework.search import found_in
from casework.stages import Stage
from desk.filters import Filter, filters_of, lookups, words_of
from workflows import shown

#: Filters beyond these are folded away until one of them is used.
AT_ONCE = 3


@staff_page
@never_cache
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    """One view of the queue, filtered; a reference typed into the search opens its case."""
    words = words_of(request)
    if reference := _known(request, words):
        return _to_the_case(request, reference)
    filters = filters_of(request, request.user)
    view = _view(request, words)
    cases = queues.cases_in(view, request.user).filter(*lookups(filters))
    if words:
        log_search(request.user, words)
    found = found_in(cases, words) if words else cases
    cursors = {way: request.GET.get(way, "") for way in ("after", "before")}
    page = queues.page(found, view, **cursors)
    context = {
        "view": view,
        "views": _views(request),
        "rows": _labelled(page.rows),
        "filters": filters[:AT_ONCE],
        "more_filters": filters[AT_ONCE:],
        "more_open": any(each.value is not None for each in filters[AT_ONCE:]),
        "words": words,
        "narrowed": bool(words or lookups(filters)),
        "filtered": bool(lookups(filters)),
        "previous": page.previous and _address(view, filters, words, before=page.previous),
        "next": page.next and _address(view, filters, words, after=page.next),
        "has_sight": bool(sight_of(request.user).open),
    }
    if not request.htmx:
        return render(request, "desk/queue.html", context)
    return _lists(request, context, _address(view, filters, words))


def _lists(request: StaffRequest, context: dict[str, Any], address: str) -> HttpResponse:
    """The part that htmx asks for. A form sends its empty fields too; the address does without."""
    lists = render(request, "desk/_lists.html", context)
    if request.htmx.target == "cases":
        push_url(lists, request.path + address)
    return lists


def _view(request: StaffRequest, words: str) -> queues.View:
    """The view asked for; without one, a search is over everything."""
    asked = request.GET.get("view", "")
    if asked in queues.View.values:
        return queues.View(asked)
    return queues.View.ALL if words else queues.View.UNIT


def _views(request: StaffRequest) -> list[tuple[str, Any, str]]:
    counts = queues.counts(request.user)
    return [
        (view, view.label, "" if view == queues.View.ALL else counts.get(view, "0"))
        for view in queues.View
    ]


def _address(view: str, filters: Iterable[Filter], words: str, **cursor: str) -> str:
    """The address of a page of this list: what is chosen, and where the page begins or ends."""
    chosen = {each.name: each.chosen for each in filters if each.value is not None}
    said = {"view": view, **chosen, "q": words, **cursor}
    return "?" + urlencode({name: value for name, value in said.items() if value})


def _known(request: StaffRequest, words: str) -> str | None:
    """The reference that was searched for, if it is one the person may see."""
    reference = read_reference(words)
    if reference is None:
        return None
    visible = Case.objects.visible_to(request.user).filter(reference=reference)
    return reference if visible.exists() else None


def _to_the_case(request: StaffRequest, reference: str) -> HttpResponse:
    """Away from the list: htmx would follow a plain redirect and look for the list in the case."""
    if request.htmx:
        return HttpResponseClientRedirect(resolve_url("desk:case", reference))
    return redirect("desk:case", reference)


def _labelled(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with the words that the template needs; no query once calendars are known."""
    shown.warm(rows)
    now = timezone.now()
    return [_words_of(row) | {"due": shown.of_row(row, now)} for row in rows]


def _words_of(row: dict[str, Any]) -> dict[str, Any]:
    name = f"{row['assignee__first_name'] or ''} {row['assignee__last_name'] or ''}".strip()
    since = row["last_words_at"]
    return row | {
        "stage_label": Stage(row["stage"]).label,
        "assignee": name,
        "initials": "".join(word[0] for word in name.split()[:2]).upper(),
        "category": Category(
            name=row["category__name"] or "", name_en=row["category__name_en"] or ""
        ).label,
        "said": row["last_words"] if since and since > row["created_at"] else "",
    }
