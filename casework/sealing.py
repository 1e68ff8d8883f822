"""Encryption of contact data at rest, and the keyed digests by which it is found again.

`CONTACT_KEYS` are Fernet keys: the first encrypts, all decrypt, so keys can be rotated.
"""

import hashlib
import hmac
import re
import secrets
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(Exception):
    """Sealed data that none of the configured keys opens."""


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(text: str) -> str:
    """Encrypt; the empty string stays empty."""
    return _box(tuple(settings.CONTACT_KEYS)).encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """Decrypt what `seal` made. Raises `Unreadable` when no configured key fits."""
    if not sealed:
        return ""
    try:
        return _box(tuple(settings.CONTACT_KEYS)).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable("No configured contact key opens this field.") from error


def digest(purpose: str, text: str) -> str:
    """HMAC-SHA-256 under a key of the environment; `purpose` keeps uses apart."""
    key = hashlib.sha256(f"{purpose}:{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def email_index(email: str) -> str:
    """The digest under which an e-mail address is found, or the empty string."""
    return digest("email", email.strip().lower()) if email.strip() else ""


def phone_index(phone: str) -> str:
    """The digest under which a phone number is found: `0812…` and `+62812…` are the same."""
    digits = re.sub(r"\D", "", phone)
    local = re.sub(r"^(62|0)", "", digits)
    return digest("phone", local) if local else ""


def new_secret() -> str:
    """A citizen's secret: 16 random digits."""
    return f"{secrets.randbelow(10**16):016d}"


def secret_digest(secret: str) -> str:
    """How a secret is stored. Grouping by spaces or hyphens does not matter."""
    return digest("secret", re.sub(r"\D", "", secret))


def same_secret(secret: str, stored: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(secret_digest(secret), stored)
