"""Fixtures for every test. The database is started by tests.settings, before Django reads it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import translation

from config import connections
from config.database.pool import close_pools
from tests.agency import Agency, build_agency
from tests.emptying import emptied_quickly
from tests.server import let_nobody_in, serving


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, django_db_keepdb: bool
) -> Iterator[None]:
    """A thread that outlived its test must not keep the database from being dropped."""
    with emptied_quickly():
        yield
    with django_db_blocker.unblock():
        close_pools()
        if not django_db_keepdb:
            let_nobody_in()


@pytest.fixture(autouse=True)
def no_language_is_left_over() -> Iterator[None]:
    """A page asked for in English leaves its thread speaking English."""
    yield
    translation.deactivate()


@pytest.fixture
def counted(settings: Any) -> Iterator[None]:
    """Knocks are counted, from nothing on."""
    settings.CACHES = {"default": connections.cache("")}
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def agency(db: None) -> Agency:
    return build_agency()


@pytest.fixture
def server(transactional_db: None, agency: Agency) -> Iterator[str]:
    """The real server over the agency's database: `host:port`."""
    with serving() as address:
        yield address
