"""What every command does before Django: check, join the database, compile the translations."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from config import postgres, translations
from config.environment import ConfigurationError, Environment


def prepare(environment: Environment) -> None:
    """Make ready what Django's settings take for granted.

    Raises ConfigurationError or PostgresError with a sentence for people.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not environment.database_url:
        postgres.start(environment.data_dir / "postgres")
        # dbshell asks for psql; a machine without PostgreSQL has only the wheel's.
        os.environ["PATH"] = f"{os.environ.get('PATH', '')}{os.pathsep}{postgres.programs.folder()}"
    translations.compile_changed()


def manage(arguments: list[str]) -> int:
    """Run one `manage.py` command; returns the exit status."""
    try:
        environment = Environment()
        prepare(environment)
        from django.core.management import execute_from_command_line

        if not environment.database_url:
            _fill_if_empty()
        with reachable():
            execute_from_command_line(arguments)
    except (ConfigurationError, postgres.PostgresError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        return INTERRUPTED
    return 0


@contextmanager
def reachable() -> Iterator[None]:
    """Raises ConfigurationError where the database does not let us in; other errors pass."""
    from django.db import OperationalError, connection

    try:
        yield
    except OperationalError as error:
        if connection.connection is not None:
            raise
        why = str(error).strip().splitlines()[0]
        raise ConfigurationError(
            f"The database cannot be reached: {why}. Is it running, and is DATABASE_URL right?"
        ) from error


#: The exit status of what Ctrl-C ended, as shells have it.
INTERRUPTED = 130
#: The advisory lock of whoever sets a database up; any number that nothing else uses.
SETTING_UP = 7_302_618


@contextmanager
def alone() -> Iterator[None]:
    """Wait until nobody else sets this database up, and keep others waiting meanwhile."""
    from django.db import connection

    with connection.cursor() as cursor:
        while not _locked(cursor):
            time.sleep(0.2)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [SETTING_UP])
        connection.close()


def _locked(cursor: Any) -> bool:
    """Asked again and again: a session waits for no lock as long as a setting up may take."""
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [SETTING_UP])
    return bool(cursor.fetchone()[0])


def _fill_if_empty() -> None:
    """Give a new embedded database its tables, whichever command meets it first."""
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    with alone():
        if "django_migrations" not in connection.introspection.table_names():
            print("Preparing the database …", file=sys.stderr, flush=True)
            call_command("migrate", interactive=False, verbosity=0)
