"""How the servers of the environment become Django's settings."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url

from config.environment import ConfigurationError

# A person waits at most this long for a case that somebody else is changing.
LOCK_TIMEOUT = 10_000  # milliseconds
# Words count as alike from here on; two letters that changed places make 0.57.
ALIKE = 0.5
# Joins are written in the order in which rows are found: to try others costs more than it saves.
JOINS = 1
SESSION = (
    f"-c lock_timeout={LOCK_TIMEOUT} -c timezone=UTC -c join_collapse_limit={JOINS}"
    f" -c pg_trgm.word_similarity_threshold={ALIKE}"
)
SMTP_PORTS = {"smtp": 25, "smtps": 465, "submission": 587}


def database(url: str, session: str = SESSION) -> dict[str, Any]:
    """Django's settings for the PostgreSQL at `url`, each session opened with `session`.

    Raises ConfigurationError for any other kind of database.
    """
    if urlsplit(url).scheme not in ("postgres", "postgresql"):
        raise ConfigurationError("DATABASE_URL must begin with postgres:// .")
    parsed: dict[str, Any] = dict(dj_database_url.parse(url, engine="config.database"))
    options = parsed.setdefault("OPTIONS", {})
    # Where Django looks for it, so that dbshell finds the same server.
    parsed["HOST"] = options.pop("host", parsed.get("HOST", ""))
    options["options"] = f"{session} {options.get('options', '')}".strip()
    options.setdefault("connect_timeout", 10)
    # The pool keeps connections; Django itself must give each back at the end of its request.
    parsed["CONN_MAX_AGE"] = 0
    return parsed


def channel_layer(redis_url: str) -> dict[str, Any]:
    """Channels' settings: in the memory of one process, or through Redis for many."""
    if not redis_url:
        return {"BACKEND": "channels.layers.InMemoryChannelLayer"}
    # redis-py's own timeout would end idle sockets after five seconds.
    hosts = [{"address": redis_url, "socket_timeout": None}]
    return {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": hosts}}


def cache(redis_url: str) -> dict[str, Any]:
    """Django's settings for what is counted and soon forgotten: beside the channel layer."""
    if not redis_url:
        # Far more than the 300 it would keep: else knocks from many addresses push counts out.
        options = {"MAX_ENTRIES": 100_000}
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": options}
    # Whoever knocks does not wait for a Redis that is away.
    patience = {"socket_connect_timeout": 1, "socket_timeout": 1}
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": redis_url,
        "OPTIONS": patience,
    }


def mail(url: str, default_sender: str) -> dict[str, Any]:
    """Django's settings for `smtp://user:password@host:port?from=address`; empty: this machine.

    `submission` is STARTTLS on 587, `smtps` is TLS on 465, `smtp` is neither on 25; `console`
    prints. Raises ConfigurationError for other words.
    """
    parts = urlsplit(url or "smtp://localhost")
    kind = "console" if parts.scheme == "console" else "smtp"
    if kind == "smtp" and parts.scheme not in SMTP_PORTS:
        raise ConfigurationError(
            "EMAIL_URL must begin with smtp://, submission://, smtps:// or console:// ."
        )
    return {
        "EMAIL_BACKEND": f"django.core.mail.backends.{kind}.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or SMTP_PORTS.get(parts.scheme, 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "submission",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": parse_qs(parts.query).get("from", [default_sender])[0],
    }
