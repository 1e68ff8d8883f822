"""Words of people hold what says something, and nothing that commands how it is shown.

Control characters break lines of logs and heads of mails; overrides of the direction of writing
make `exe.jpg` of `gpj.exe` and reverse whatever follows on a page (Unicode UTS 39, TR 36).
Marks and isolates of direction stay: Arabic names need them, and they end with themselves.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_BREAKS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
#: Controls but tab, line feed and NUL, which is no text at all; embeddings and overrides. Not those
#: of ISO 6429's upper half: pages and mails show nothing for them, and in words that were once read
#: in the wrong character set they are parts of letters that can still be put right.
_COMMANDS = re.compile("[\x01-\x08\x0e-\x1b\x1f\x7f\u202a-\u202e]")


def in_lines(words: str) -> str:
    """The words without commands, each line break a line feed."""
    return _COMMANDS.sub("", _BREAKS.sub("\n", words))


def on_one_line(words: str) -> str:
    """The words without commands; a line break becomes a space."""
    return in_lines(words).replace("\n", " ")


def check_one_line(words: str) -> None:
    """Validator: raises `ValidationError` where `on_one_line` would change something."""
    if on_one_line(words) != words:
        raise ValidationError(_("Please type plain text on one line."))
