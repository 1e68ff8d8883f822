"""What we promise to people who use the pages in their own way, and how to report a barrier."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Unit


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {"open": Unit.objects.receiving() is not None}
    return render(request, "portal/accessibility.html", context)
