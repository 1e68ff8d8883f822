"""Fixtures for every test. The database is started by tests.settings, before Django reads it."""

import pytest

from tests.agency import Agency, build_agency


@pytest.fixture
def agency(db: None) -> Agency:
    return build_agency()
