"""The page for people without a network, and the worker by which their browser keeps it.

Both are the same for everybody: they ask for no session and hold no CSRF token.
"""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from accounts import languages

PARTS = (
    "vendor/designsystemet/designsystemet.css",
    "css/tanggap.css",
    "css/portal.css",
    "icons.svg",
)


@gzip_page
@cache_control(no_cache=True)
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page, in every language of the agency: nobody can be asked without a network."""
    return _page(request)


def _page(request: HttpRequest) -> HttpResponse:
    with translation.override(languages.own()):
        return render(request, "portal/offline.html", {"csrf_token": ""})


# A browser asks for it again with each page: over a slow line a 304 is what it can bear.
@gzip_page
@conditional_page
@cache_control(no_cache=True)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. Another page or another look makes another version of it."""
    parts = [static(part) for part in PARTS]
    shown = _page(request).content + "".join(parts).encode()
    context = {"parts": parts, "version": hashlib.sha256(shown).hexdigest()[:12]}
    return render(request, "portal/worker.js", context, content_type="text/javascript")
