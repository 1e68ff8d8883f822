"""A demo city that was filled at a moment of ours; nothing of it stays."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from demo.past import at
from tests.clockwork import at as moment

#: A Friday, before noon.
NOW = moment("2026-11-27 11:00")


#: A city is one long transaction here: whoever cleaned up or counted meanwhile would find nothing
#: in these tables, and all of it would be planned for no rows.
_ALONE = """
    LOCK TABLE casework_case, casework_event, workflows_clock, workflows_clockentry
    IN SHARE UPDATE EXCLUSIVE MODE
"""


@contextmanager
def told_in(folder: Path, *asked: str) -> Iterator[None]:
    """The city that the command fills with these options."""
    with override_settings(DATA_DIR=folder), at(NOW), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ALONE)
        call_command("demo", *asked)
        yield
        transaction.set_rollback(True)
