"""What a log may say: nothing that joins a person to a complaint (docs/decisions/0008).

A log line is a time beside words. So the addresses that complainants use are named by their
pattern alone, what goes wrong for one person there is not logged at all, and of an exception the
place is told and not what it quotes.
"""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from redis.exceptions import RedisError

#: Where complainants file, track and act. No server in front may log these: deploy/nginx.conf.
BELOW = ("/complain/", "/track/", "/c/", "/ws/c/", "/api/v1/track/", "/concerns/")
#: The same for other programs that file. What lies below is for staff's programs.
EXACTLY = ("/api/v1/cases/",)

#: Of these the words tell what is wrong around us, and nothing of what somebody sent.
_OF_THE_SURROUNDINGS = (OSError, OperationalError, InterfaceError, RedisError)
#: Where the web server's code is about one connection, its own and that of the library it uses.
_OF_CONNECTIONS = re.compile(r"[\\/](uvicorn[\\/]protocols|websockets)[\\/]")
#: From here on whoever operates this must know; below is one person's mistake.
_OUR_FAULT = 500


def is_of_complainants(path: str) -> bool:
    """Whether complainants use this address."""
    return path.startswith(BELOW) or path in EXACTLY


def without_peers(record: logging.LogRecord) -> bool:
    """Filter for the web server: no line on one connection, neither whose nor when.

    A fault of ours in answering it is told.
    """
    about_one = record.name.startswith("uvicorn") and _OF_CONNECTIONS.search(record.pathname)
    return not about_one or record.levelno >= logging.ERROR


def without_paths(record: logging.LogRecord) -> bool:
    """Filter for Django: a request is named by its pattern; a citizen's mistake is not logged."""
    request = getattr(record, "request", None)
    if not isinstance(request, HttpRequest):
        return True
    status = getattr(record, "status_code", 400)
    if is_of_complainants(request.path) and status < _OUR_FAULT:
        return False
    match = request.resolver_match
    record.msg = "%s for %s %s"
    record.args = (status, request.method, match.route if match else "an address that is none")
    return True


class Discreet(logging.Formatter):
    """Exceptions by type and place. What they quote may be what somebody wrote."""

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        return "\nbefore that came\n".join(_told(ei[1])) if ei[1] else ""


def _told(error: BaseException) -> list[str]:
    """Each exception of a chain, the first one first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    place = "".join(traceback.format_tb(error.__traceback__))
    words = f": {error}" if isinstance(error, _OF_THE_SURROUNDINGS) else ""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return [*(_told(before) if before else []), f"{place}{kind}{words}"]
