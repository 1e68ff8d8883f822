"""Case references: `26-7K3M9QE`.

Random, so that no volume is revealed; checked, so that a slip is caught.

Crockford's base 32 (https://www.crockford.com/base32.html) with a check symbol by
Luhn mod N (N = 32) over the six random symbols.
"""

import re
import secrets
from datetime import datetime

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")
_SHAPE = re.compile(rf"^(\d\d)-?([{ALPHABET}]{{6}})([{ALPHABET}])$")


def check_symbol(symbols: str) -> str:
    """The Luhn mod 32 check symbol of a string over `ALPHABET`; factor 2 from the right."""
    total = 0
    for place, symbol in enumerate(reversed(symbols)):
        addend = ALPHABET.index(symbol) * (2 if place % 2 == 0 else 1)
        total += addend // 32 + addend % 32
    return ALPHABET[-total % 32]


def new_reference(at: datetime) -> str:
    """A fresh reference for a case received at `at`. Collisions are the caller's to retry."""
    symbols = "".join(secrets.choice(ALPHABET) for _ in range(6))
    return f"{at:%y}-{symbols}{check_symbol(symbols)}"


def read_reference(text: str) -> str | None:
    """The reference that a person typed, in its one spelling, or None if it cannot be one.

    Case does not matter, O is read as 0, I and L as 1, spaces are dropped.
    """
    tidy = re.sub(r"\s", "", text).upper().translate(_READ_AS)
    match = _SHAPE.match(tidy)
    if not match:
        return None
    year, symbols, check = match.groups()
    return f"{year}-{symbols}{check}" if check_symbol(symbols) == check else None
