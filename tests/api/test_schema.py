import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.test import Client

from tests.agency import PATHS, Agency, walk
from tests.api.conftest import client as program
from tests.clockwork import every_target
from workflows.actions import acts_for


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    file = Path(tmp_path_factory.mktemp("schema")) / "schema.yaml"
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(file))
    return yaml.safe_load(file.read_text())


def operations(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = [operation for path in schema["paths"].values() for operation in path.values()]
    return {operation["operationId"]: operation for operation in found}


def test_every_operation_is_described(schema: dict[str, Any]) -> None:
    assert set(operations(schema)) == {
        "file_case", "list_cases", "read_case", "read_timeline", "act_on_case",
        "download_file", "track_case", "look_at_identity", "act_as_complainant",
    }  # fmt: skip
    for name, operation in operations(schema).items():
        assert operation["description"], name
        for status, answer in operation["responses"].items():
            assert status == "304" or answer["content"], (name, status)


def test_no_choice_has_a_made_up_name(schema: dict[str, Any]) -> None:
    choices = [name for name in schema["components"]["schemas"] if name.endswith("Enum")]
    assert {"StageEnum", "StatusEnum", "KindEnum", "PriorityEnum"} <= set(choices)
    assert not [name for name in choices if re.search(r"\d", name)]


def test_filing_tracking_acting_and_every_refusal_have_examples(schema: dict[str, Any]) -> None:
    for name in ("file_case", "track_case", "act_on_case"):
        operation = operations(schema)[name]
        assert operation["requestBody"]["required"]
        assert operation["requestBody"]["content"]["application/json"]["examples"]
    for name, operation in operations(schema).items():
        for status, answer in operation["responses"].items():
            if status >= "400":
                content = answer["content"]["application/problem+json"]
                said = [example["value"] for example in content["examples"].values()]
                assert {str(document["status"]) for document in said} == {status}, name


def test_the_examples_of_filing_are_taken(schema: dict[str, Any], agency: Agency) -> None:
    content = operations(schema)["file_case"]["requestBody"]["content"]["application/json"]
    for example in content["examples"].values():
        answer = program().post("/api/v1/cases/", example["value"], format="json")
        assert answer.status_code == 201, answer.data


def test_every_action_of_a_key_is_described(schema: dict[str, Any], agency: Agency) -> None:
    shapes = schema["components"]["schemas"]
    enums = [name for name in shapes if name.endswith("PayloadActionEnum")]
    described = {action for name in enums for action in shapes[name]["enum"]}
    every_target()
    cases = [walk(agency, stage) for stage in (*PATHS, "merged") if stage != "review"]
    cases.append(walk(agency, "review", category="bills"))
    people = (agency.intake, agency.officer, agency.supervisor, agency.head)
    open_to_keys = {name for case in cases for who in people for name in acts_for(case, who)}
    elsewhere = {"disagree", "lift", "unpublish", "told", "approve_secret", "refuse_secret"}
    elsewhere |= {"new_secret", "transcribe"}  # not of every case at a stage
    elsewhere |= {"lift_deadline", "keep", "explain_late", "accept_late", "return_late"}
    assert described - elsewhere <= open_to_keys <= described


def test_the_schema_and_its_reader_are_open_to_all(db: None, client: Client) -> None:
    assert client.get("/api/v1/schema/").status_code == 200
    answer = client.get("/api/v1/docs/")
    assert answer.status_code == 200
    assert "://" not in answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "script-src" not in policy
    assert client.get("/api/v1/docs/?script=").status_code == 200


def test_no_other_page_may_style_itself(db: None, client: Client) -> None:
    assert "unsafe" not in client.get("/track/")["Content-Security-Policy"]


def test_only_what_holds_files_is_described_as_files(schema: dict[str, Any]) -> None:
    case = schema["components"]["schemas"]["WholeCase"]["properties"]
    assert case["exits"]["items"] == {"type": "string"}
    assert "maxItems" not in case["exits"]
