"""Schemathesis asks what the schema allows and what it does not, of the real server.

A few requests each, always the same ones, to stay quick; docs/api.md says how to ask many. Left out
are the checks of what is refused: whether a complaint with a made-up category, or an act at another
stage, is taken depends on more than its shape.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import api_keys
from casework.models import Attachment
from tests.agency import Agency, build_agency, walk
from tests.api.conftest import client
from tests.server import serving

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "ignored_auth",
)


@pytest.fixture
def agency(transactional_db: None) -> Agency:
    return build_agency()


@pytest.mark.django_db(transaction=True)
def test_no_request_finds_a_fault_or_an_answer_nobody_described(
    agency: Agency, tmp_path: Path
) -> None:
    known = tmp_path / "schemathesis.toml"
    known.write_text(a_case_with_a_file(agency))
    key = api_keys.issue("schemathesis", "rest", agency.head)
    with serving() as address:
        run = subprocess.run(
            [
                Path(sys.executable).with_name("schemathesis"),
                *("--config-file", known, "run", f"http://{address}/api/v1/schema/"),
                *("--header", f"Authorization: Bearer {key}", "--checks", ",".join(CHECKS)),
                *("--phases", "examples,fuzzing", "--max-examples", "15"),
                *("--seed", "1", "--generation-deterministic"),
                *("--continue-on-failure", "--no-color", "--warnings", "off"),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Tested: 9" in run.stdout


def a_case_with_a_file(agency: Agency) -> str:
    """Schemathesis's configuration: the case and the file that exist."""
    case = walk(agency, "work")
    said = {"action": "note", "text": "Foto.", "files": SimpleUploadedFile("a.txt", b"Pompa")}
    address = f"/api/v1/cases/{case.reference}/actions/"
    assert client(agency.officer).post(address, said).status_code == 200
    number = Attachment.objects.get().pk
    return f'[parameters]\n"path.reference" = "{case.reference}"\n"path.number" = {number}\n'
