"""The keyboard shortcuts of the desk: what each key does, and the person's own switch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.pages import staff_page
from accounts.requests import StaffRequest


@dataclass(frozen=True)
class Key:
    """Keys, pressed one after the other, and what they do. The pages say where by `data-key`."""

    pressed: tuple[str, ...]
    does: Any


KEYS = (
    Key(("j",), gettext_lazy("The next case of the list, or entry of the history")),
    Key(("k",), gettext_lazy("The one before it")),
    Key(("Enter",), gettext_lazy("Open what has the focus")),
    Key(("n",), gettext_lazy("Take the next case: the most urgent that you may take")),
    Key(("e",), gettext_lazy("Claim the case")),
    Key(("r",), gettext_lazy("Write to the complainant")),
    Key(("c",), gettext_lazy("Write an internal note")),
    Key(("a",), gettext_lazy("Assign or reassign")),
    Key(("t",), gettext_lazy("Move to another unit")),
    Key(("/",), gettext_lazy("Search")),
    Key(("g", "q"), gettext_lazy("Go to the queue")),
    Key(("?",), gettext_lazy("This page")),
)


@staff_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: StaffRequest) -> HttpResponse:
    """GET lists the keys; POST turns them on or off for the person who asks."""
    if request.method != "POST":
        return render(request, "desk/keys.html", {"keys": KEYS})
    on = request.POST.get("shortcuts") == "on"
    User.objects.filter(pk=request.user.pk).update(shortcuts=on)
    said = _("Keyboard shortcuts are on.") if on else _("Keyboard shortcuts are off.")
    messages.success(request, said)
    back = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    )
    return redirect(back if inside else "desk:keys")
