"""Signing in, slower with each wrong password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import LoginView, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse

from accounts import devices
from accounts.forms import SignInForm
from accounts.throttles import DAY, Pace, Throttle, TooMany, address_of

#: A password is weak beside a secret of ours, so here nobody who has to wait is let in.
SIGN_IN = Throttle(
    "sign-in",
    10,
    {
        "address": Pace(50, 3600, first=5, longest=600),
        "name": Pace(5, DAY, first=5, longest=900),
        "device": Pace(10, 3600, first=5, longest=300),
    },
)


class SignIn(LoginView):
    """User name and password. A known person and an unknown one are told the same."""

    form_class = SignInForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.lanes = _lanes(request)
        try:
            SIGN_IN.enter(self.lanes)
        except TooMany as refusal:
            return self._not_now(refusal)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        SIGN_IN.forgive(self.lanes)
        response = super().form_valid(form)
        devices.remember(self.request, response, form.get_user())
        return response

    def _not_now(self, refusal: TooMany) -> HttpResponse:
        """The page again, with the name; no password was looked at."""
        form = SignInForm(self.request, initial={"username": _name(self.request)})
        context = self.get_context_data(form=form, too_many=refusal)
        page = self.render_to_response(context, status=429)
        page["Retry-After"] = str(refusal.wait)
        return page


class SetPassword(PasswordResetConfirmView):
    """Whoever came by a one-time link is known to this browser: the way in past a stranger."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        devices.remember(self.request, response, form.user)
        return response


def _lanes(request: HttpRequest) -> dict[str, str]:
    """Who knocks: a browser that this person signed in with before, or a stranger by that name."""
    name = _name(request)
    if device := devices.lane_of(request, name):
        return {"device": device}
    return {"address": address_of(request), "name": name.casefold()}


def _name(request: HttpRequest) -> str:
    """The name as the form will read it."""
    field = SignInForm.base_fields["username"]
    return str(field.to_python(request.POST.get("username", "")))
