"""The language switch of a page with a form: nothing is kept here, so what is typed comes along."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.i18n import set_language

from accounts import languages


def asks_for_language(request: HttpRequest) -> bool:
    """Whether the form was sent to be read in another language, not to be acted upon."""
    return request.POST.get("language") in languages.offered(languages.own())


def in_language(request: HttpRequest, page: Callable[[], HttpResponse]) -> HttpResponse:
    """`page` in the language asked for, which the browser remembers from now on."""
    with translation.override(request.POST["language"]):
        response = page()
    response.cookies.update(set_language(request).cookies)
    return response
