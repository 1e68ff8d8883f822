"""What the pages of improvement have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache

from accounts.pages import staff_page
from improvement.errors import Forbidden, Refused
from improvement.forms.base import Checked

View = Callable[..., HttpResponse]


def page(view: View) -> View:
    """A page of staff, never kept; what its door forbids is not there."""

    @staff_page
    @never_cache
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except Forbidden as forbidden:
            raise Http404 from forbidden

    return guarded


def done(form: Checked, act: Callable[[dict[str, Any]], Any]) -> Any:
    """What the door gives for what a valid form says, or None; then the form says what is wrong."""
    if not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except Refused as refused:
        form.take(refused)
        return None
