"""Fixtures for every test. The database is started by tests.settings, before Django reads it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from config.database.pool import close_pools
from tests.agency import Agency, build_agency
from tests.server import end_other_sessions, serving


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A thread that outlived its test must not keep the database from being dropped."""
    yield
    with django_db_blocker.unblock():
        close_pools()
        end_other_sessions()


@pytest.fixture(autouse=True)
def no_language_is_left_over() -> Iterator[None]:
    """A page asked for in English leaves its thread speaking English."""
    yield
    translation.deactivate()


@pytest.fixture
def agency(db: None) -> Agency:
    return build_agency()


@pytest.fixture
def server(transactional_db: None, agency: Agency) -> Iterator[str]:
    """The real server over the agency's database: `host:port`."""
    with serving() as address:
        yield address
