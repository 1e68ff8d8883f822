"""Bodies: bounded, UTF-8 whatever they claim, and of reasonable depth."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from json import JSONDecodeError
from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser, MultiPartParser


class TooLarge(APIException):
    status_code = 413
    default_detail = _("This is too large.")
    default_code = "too-large"


class BoundedJSON(JSONParser):
    """JSON of at most `DATA_UPLOAD_MAX_MEMORY_SIZE` bytes."""

    def parse(
        self, stream: Any, media_type: Any = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise TooLarge
        context = {**(parser_context or {}), "encoding": "utf-8"}
        try:
            return super().parse(BytesIO(raw), media_type, context)
        except ParseError as error:
            raise ParseError(_fault(error.__context__)) from error
        except RecursionError as error:
            raise ParseError(_("This is nested too deeply.")) from error


def _fault(cause: BaseException | None) -> str:
    """Where JSON ends to be JSON; the parser's own words know no other language."""
    if isinstance(cause, JSONDecodeError):
        place = {"line": cause.lineno, "column": cause.colno}
        return gettext("This is no valid JSON: line %(line)s, column %(column)s.") % place
    return gettext("This is no valid JSON.")


class PlainMultiPart(MultiPartParser):
    """Fields and files; text is UTF-8."""

    def parse(
        self, stream: Any, media_type: Any = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        context = {**(parser_context or {}), "encoding": "utf-8"}
        try:
            return super().parse(stream, media_type, context)
        except ParseError as error:
            raise ParseError(_("This form cannot be read.")) from error
