"""Published complaints: what everybody may read, in the words that a person wrote for that."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.models import Publication, Publishing
from casework.references import read_reference
from improvement import public as improvement
from notifications import pages


@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """A page of them, the newest first."""
    page = pages.newest(_published(), request.GET.get("before", ""))
    told = improvement.newest_told() if not request.GET.get("before") else []
    context = {
        "told": told,
        "publications": page.rows,
        "first": request.path if request.GET.get("before") else "",
        "next": f"?before={page.next}" if page.next else "",
    }
    return render(request, "portal/published.html", context)


@require_safe
def one(request: HttpRequest, reference: str) -> HttpResponse:
    found = _published().filter(case__reference=read_reference(reference) or "").first()
    if found is None:
        raise Http404
    return render(request, "portal/publication.html", {"publication": found, "case": found.case})


def _published() -> QuerySet[Publication]:
    """A case that was restricted since is published no longer, whatever was written before."""
    shown = Publication.objects.filter(
        case__publishing=Publishing.PUBLISHED, case__restricted=False
    )
    return shown.select_related("case__category", "case__unit")
