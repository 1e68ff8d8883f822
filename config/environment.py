"""What the surroundings say: the environment variables, read here and nowhere else.

docs/configuring.md lists them. Standard library only: bin/run asks before anything is installed.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

PROJECT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 50
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


class ConfigurationError(Exception):
    """The environment cannot be used as it is; the message says what to set."""


@dataclass(frozen=True)
class Environment:
    """The configuration of one installation, checked."""

    variables: Mapping[str, str] = field(default_factory=lambda: os.environ)

    @property
    def data_dir(self) -> Path:
        return Path(self._text("DATA_DIR") or PROJECT / ".data").expanduser().resolve()

    @property
    def database_url(self) -> str:
        """Empty: the embedded server."""
        return self._text("DATABASE_URL")

    @property
    def redis_url(self) -> str:
        url = self._text("REDIS_URL")
        if url and urlsplit(url).scheme not in ("redis", "rediss", "unix"):
            raise ConfigurationError("REDIS_URL must begin with redis://, rediss:// or unix:// .")
        return url

    @property
    def email_url(self) -> str:
        return self._text("EMAIL_URL")

    @property
    def debug(self) -> bool:
        return self._flag("DEBUG", default=False)

    @property
    def demo(self) -> bool:
        return self._flag("DEMO", default=True)

    @property
    def port(self) -> int:
        port = self._text("PORT") or "8000"
        if not port.isdecimal() or not 0 < int(port) < 65536:
            raise ConfigurationError(f"PORT must be a number from 1 to 65535, not “{port}”.")
        return int(port)

    @property
    def base_url(self) -> str:
        """Where people reach the installation; every link in a message begins with it."""
        url = (self._text("BASE_URL") or f"http://localhost:{self.port}").rstrip("/")
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
            raise ConfigurationError(
                f"BASE_URL must be an address such as https://example.org, not “{url}”."
            )
        return url

    @property
    def secure(self) -> bool:
        return urlsplit(self.base_url).scheme == "https"

    @property
    def loopback(self) -> bool:
        """Nobody but this machine can open BASE_URL."""
        host = urlsplit(self.base_url).hostname or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost" or host.endswith(".localhost")

    @property
    def allowed_hosts(self) -> list[str]:
        named = self._list("ALLOWED_HOSTS")
        host = urlsplit(self.base_url).hostname or ""
        return list(dict.fromkeys([*named, host, *LOOPBACK_NAMES]))

    @property
    def trusted_proxies(self) -> list[str]:
        """Addresses and networks whose X-Forwarded-For and X-Forwarded-Proto are believed."""
        proxies = self._list("TRUSTED_PROXIES")
        for proxy in proxies:
            if not _is_network(proxy):
                raise ConfigurationError(
                    f"TRUSTED_PROXIES must be addresses or networks (10.0.0.0/8), not “{proxy}”."
                )
        return proxies

    @property
    def secret_key(self) -> str:
        key = self._text("SECRET_KEY") or self._kept_keys("SECRET_KEY")
        if len(key) < SHORTEST_SECRET:
            raise ConfigurationError(
                f"SECRET_KEY must have {SHORTEST_SECRET} characters or more: docs/configuring.md "
                "says how to make one."
            )
        return key

    @property
    def contact_keys(self) -> list[str]:
        keys = self._list("CONTACT_KEYS") or self._kept_keys("CONTACT_KEYS").split(",")
        if not all(map(_is_fernet_key, keys)):
            raise ConfigurationError(
                "CONTACT_KEYS must be keys of 32 bytes in base64, with commas between: "
                "docs/configuring.md says how to make them."
            )
        return keys

    def _kept_keys(self, name: str) -> str:
        """A key made on first use and kept in DATA_DIR, for one machine that runs alone."""
        if self.database_url and not (self.demo and self.loopback):
            raise ConfigurationError(
                f"{name} is not set. An installation with its own DATABASE_URL must be given its "
                "keys: docs/configuring.md says how to make them."
            )
        return kept_keys(self.data_dir / "keys.json")[name]

    def _text(self, name: str) -> str:
        return self.variables.get(name, "").strip()

    def _list(self, name: str) -> list[str]:
        return [part.strip() for part in self._text(name).split(",") if part.strip()]

    def _flag(self, name: str, *, default: bool) -> bool:
        value = self._text(name).lower()
        if value in ("", "0", "false", "no", "off", "1", "true", "yes", "on"):
            return default if not value else value in ("1", "true", "yes", "on")
        raise ConfigurationError(f"{name} must be 1 or 0, not “{value}”.")


def _is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def _is_fernet_key(text: str) -> bool:
    """As the cryptography package takes them: 32 bytes, base64 with the letters of addresses."""
    try:
        return len(base64.b64decode(text, altchars=b"-_", validate=True)) == 32
    except ValueError:
        return False


def kept_keys(path: Path) -> dict[str, str]:
    """The keys in the file `path`, readable by its owner alone; made when it is not there yet."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        mine = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(_new_keys(), file)
        try:
            os.link(mine, path)  # all or nothing: of several starters one wins, all read the same
        except FileExistsError:
            pass
        finally:
            mine.unlink()
    try:
        return json.loads(path.read_text())
    except ValueError:
        raise ConfigurationError(
            f"The keys in {path} cannot be read. Put the file back from a backup: without its "
            "CONTACT_KEYS the contacts of complainants stay sealed."
        ) from None


def _new_keys() -> dict[str, str]:
    fernet = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    return {"SECRET_KEY": secrets.token_urlsafe(64), "CONTACT_KEYS": fernet}
