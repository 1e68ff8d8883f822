from pathlib import Path

import pytest

from tests.imports.exports import NYC, SURABAYA


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path: Path) -> Path:
    """Where rejected rows go: of each test alone."""
    settings.DATA_DIR = tmp_path / "data"
    return settings.DATA_DIR


@pytest.fixture
def nyc() -> Path:
    if not NYC.exists():
        pytest.skip("the New York export is not here")
    return NYC


@pytest.fixture
def surabaya() -> Path:
    if not SURABAYA.exists():
        pytest.skip("the Surabaya export is not here")
    return SURABAYA
