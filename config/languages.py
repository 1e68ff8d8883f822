"""In which language a page is read."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from accounts import languages
from accounts.topmost import topmost

#: Asked by machines, of which no database may be asked meanwhile.
_OF_MACHINES = ("/healthz", "/readyz", "/metrics")


class AgencyLocale(LocaleMiddleware):
    """The language that a browser asks for among those of the agency; else the agency's own."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if request.path in _OF_MACHINES:
            return
        try:
            said = topmost()
        except DatabaseError:
            return  # whatever is wrong there is said in the language that was asked for
        request.topmost_unit = said  # type: ignore[attr-defined] # read by config.agency
        own = said.get("language", settings.LANGUAGE_CODE)
        if translation.get_language() not in languages.offered(own):
            translation.activate(own)
            request.LANGUAGE_CODE = own
