"""Finding one's case by what the receipt says."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from casework import links, tracking
from casework.access import NoSuchCase

#: How long the link lasts that tracking by reference and secret opens.
VISIT = timedelta(hours=12)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Reference and secret open the case by a link of its own."""
    reference = request.POST.get("reference") or request.GET.get("reference", "")
    if request.method != "POST":
        return render(request, "portal/track.html", {"reference": reference})
    try:
        case = tracking.find(reference, request.POST.get("secret", ""))
    except NoSuchCase:
        context = {"reference": reference, "unknown": True}
        return render(request, "portal/track.html", context, status=422)
    return redirect("portal:case", links.link_for(case, VISIT))
