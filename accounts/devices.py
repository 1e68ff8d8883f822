"""Browsers that somebody signed in with before: they have a lane of their own.

So a stranger who tries passwords under a name shuts out other strangers, and not the person. The
idea is OWASP's: "Slow Down Online Guessing Attacks with Device Cookies".
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from accounts.models import User

COOKIE = "device"
_SALT = "device"
_AGE = 180 * 24 * 3600  # seconds
_MOST = 5  # people of one counter's computer


def lane_of(request: HttpRequest, username: str) -> str:
    """The lane of this browser for that person; empty where they never signed in with it."""
    device = _device_of(request)
    known = username in device["people"]
    return f"{device['id']} {username}" if known else ""


def remember(request: HttpRequest, response: HttpResponse, person: User) -> None:
    """Let the browser show, next time, that this person signed in with it."""
    device, name = _device_of(request), person.get_username()
    others = [other for other in device["people"] if other != name]
    response.set_cookie(
        COOKIE,
        signing.dumps({"id": device["id"], "people": [name, *others][:_MOST]}, salt=_SALT),
        max_age=_AGE,
        path="/accounts/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _device_of(request: HttpRequest) -> dict[str, Any]:
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_AGE)
    except signing.BadSignature:
        return {"id": secrets.token_urlsafe(16), "people": []}
