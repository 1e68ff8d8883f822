"""The random tokens that a form carries: they come back from outside, so they are looked at."""

import re

from django.http import QueryDict

from casework import uploads

_SHAPE = re.compile(r"[\w-]{1,64}", re.ASCII)


def is_sound(token: str) -> bool:
    """Whether this can be a token of ours: fit for an address and for its column."""
    return _SHAPE.fullmatch(token) is not None


def token_of(data: QueryDict, name: str) -> str:
    """The token that the form carries under `name`; a fresh one where it is none."""
    token = data.get(name, "")
    return token if is_sound(token) else uploads.new_token()
