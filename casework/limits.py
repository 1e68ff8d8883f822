"""How often a stranger may file, send files, and try a secret or a link.

docs/decisions/0007 has the reasons and the arithmetic. A whole town may share one address.
"""

from collections.abc import Sized

from accounts.throttles import DAY, Pace, Throttle
from casework.uploads import MAX_FILES

HOUR = 3600  # seconds
MINUTE = 60

#: Of each try to file, good or bad, before it is looked at. Without a ceiling: what costs a
#: stranger nothing must not keep anybody out.
TRIES = Throttle("tries", None, {"address": Pace(600, HOUR, first=1, longest=10)})
#: Of complaints that can be filed as they are.
FILING = Throttle("filing", 10, {"address": Pace(60, HOUR, first=5, longest=2 * MINUTE)})
#: Of each file. The ceiling is of sendings, of up to ten files.
UPLOADS = Throttle(
    "uploads",
    20,
    {
        "address": Pace(300, HOUR, first=2, longest=MINUTE),
        "case": Pace(60, HOUR, first=2, longest=MINUTE),
    },
)
#: Of a file that comes in pieces. A full one has at most 1,280, of the smallest kind.
PIECES = Throttle("pieces", 200, {"address": Pace(6000, HOUR, first=1, longest=10)})
#: Of these only wrong tries count: a right secret and a right link open, whatever was before.
SECRETS = Throttle(
    "secrets",
    None,
    {
        "address": Pace(20, DAY, first=5, longest=HOUR),
        "case": Pace(5, DAY, first=5, longest=HOUR),
        "everybody": Pace(600, HOUR, first=1, longest=MINUTE),
    },
)
LINKS = Throttle(
    "links",
    None,
    {
        "address": Pace(60, HOUR, first=5, longest=10 * MINUTE),
        "everybody": Pace(3000, HOUR, first=1, longest=MINUTE),
    },
)
#: Asking for a new secret by e-mail. Reference and e-mail count together, as they were typed, right
#: or wrong: who knows the one alone cannot keep the owner, who knows both, from the mail.
LOST = Throttle(
    "lost",
    20,
    {
        "address": Pace(20, HOUR, first=5, longest=10 * MINUTE),
        "both": Pace(3, DAY, first=MINUTE, longest=HOUR),
    },
)
EVERYBODY = {"everybody": ""}


def count_files(files: Sized, address: str, **more: str) -> None:
    """Count the files of one sending, before they are looked at. Raises `TooMany`."""
    if files:
        UPLOADS.enter({"address": address, **more}, min(len(files), MAX_FILES))
