"""The queue."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from casework import queues
from casework.models import Case, Category
from casework.querysets import sight_of
from casework.references import read_reference
from casework.stages import Stage
from desk.requests import StaffRequest

FILTERS = ("stage", "category", "q")


@login_required
@never_cache
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    """One view of the queue, filtered; a reference typed into the search opens its case."""
    chosen = {name: request.GET.get(name, "").replace("\0", "").strip() for name in FILTERS}
    if reference := _known(request, chosen["q"]):
        return redirect("desk:case", reference)
    asked = request.GET.get("view", "")
    default = queues.View.ALL if chosen["q"] else queues.View.UNIT
    view = queues.View(asked) if asked in queues.View.values else default
    cases = queues.narrowed(queues.cases_in(view, request.user), chosen)
    page = queues.page(cases, view, request.GET.get("after", ""))
    kept = {name: value for name, value in chosen.items() if value}
    counts = queues.counts(request.user)
    context = {
        "view": view,
        "views": [(v, v.label, counts.get(v, "")) for v in queues.View],
        "rows": [_labelled(row) for row in page.rows],
        "chosen": chosen,
        "stages": Stage.choices,
        "categories": Category.objects.filter(active=True),
        "next": f"?{urlencode({'view': view, **kept, 'after': page.next})}" if page.next else "",
        "first": f"?{urlencode({'view': view, **kept})}" if request.GET.get("after") else "",
        "has_sight": bool(sight_of(request.user).open),
    }
    template = "desk/_queue.html" if request.htmx else "desk/queue.html"
    return render(request, template, context)


def _known(request: StaffRequest, words: str) -> str | None:
    """The reference that was searched for, if it is one the person may see."""
    reference = read_reference(words)
    if reference is None:
        return None
    visible = Case.objects.visible_to(request.user).filter(reference=reference)
    return reference if visible.exists() else None


def _labelled(row: dict) -> dict:
    """A row with the words that the template needs; no query."""
    name = f"{row['assignee__first_name'] or ''} {row['assignee__last_name'] or ''}".strip()
    return row | {
        "stage_label": Stage(row["stage"]).label,
        "assignee": name,
        "initials": "".join(word[0] for word in name.split()[:2]).upper(),
        "category": Category(
            name=row["category__name"] or "", name_en=row["category__name_en"] or ""
        ).label,
    }
