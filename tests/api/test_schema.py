from pathlib import Path

from django.core.management import call_command
from django.test import Client


def test_the_schema_is_sound(tmp_path: Path) -> None:
    call_command(
        "spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yaml")
    )


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
