"""Finding one's case by what the receipt says."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.throttles import TooMany, address_of
from casework import links, tracking
from casework.access import NoSuchCase
from portal.patience import in_a_while


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Reference and secret open the case by a link of its own."""
    reference = request.POST.get("reference") or request.GET.get("reference", "")
    if request.method != "POST":
        return render(request, "portal/track.html", {"reference": reference})
    try:
        case = tracking.find(reference, request.POST.get("secret", ""), address=address_of(request))
    except NoSuchCase:
        context = {"reference": reference, "unknown": True}
        return render(request, "portal/track.html", context, status=422)
    except TooMany as refusal:
        context = {"reference": reference, "too_many": refusal}
        return in_a_while(render(request, "portal/track.html", context), refusal.wait)
    return redirect("portal:case", links.visit_for(case))
