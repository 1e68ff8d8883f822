"""Files that came ahead of the form that sends them, by its upload token."""

from django.http import QueryDict

from casework import uploads
from portal.tokens import is_sound


def has_files(data: QueryDict) -> bool:
    """Whether any came for this form."""
    token = data.get("upload", "")
    return is_sound(token) and uploads.staged(token).exists()


def take_back(data: QueryDict) -> None:
    """The file whose button was pressed is not wanted."""
    token, pk = data.get("upload", ""), data.get("remove", "")
    if is_sound(token):
        uploads.discard(token, int(pk) if pk.isdecimal() and len(pk) < 19 else 0)
