"""An id in a parameter is held to the same rule as the one in the address."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from casework import links, uploads
from casework.models import Attachment, Case
from tests.agency import Agency, do, file_case, walk
from tests.rights.situations import SEEN, browser, build, people, program, sees
from workflows import filing

CASES = sorted(each for each in SEEN if not sees("officer", each))


@pytest.fixture
def mine(agency: Agency) -> Case:
    people(agency)
    return build(agency, "of the water unit", "officer")


@pytest.mark.parametrize("situation", CASES)
def test_no_case_is_merged_into_one_that_is_out_of_sight(agency, mine, situation) -> None:
    other = build(agency, situation, "officer")
    assert not sees("officer", situation)
    page = browser("officer").post(
        f"/desk/cases/{mine.reference}/merge/", {"into": other.reference}
    )
    told = program("officer").post(
        f"/api/v1/cases/{mine.reference}/actions/", {"action": "merge", "into": other.reference}
    )
    assert (page.status_code, told.status_code) == (422, 422)
    assert other.subject not in page.content.decode().replace(mine.subject, "")
    mine.refresh_from_db()
    assert mine.merged_into is None


@pytest.mark.parametrize("situation", CASES)
def test_a_file_opens_under_its_own_case_alone(agency, mine, situation) -> None:
    other = build(agency, situation, "officer").attachments.get(event__kind="message").pk
    paths = [
        f"/desk/cases/{mine.reference}/files/{other}/",
        f"/c/{links.link_for(mine)}/files/{other}/",
    ]
    assert [browser("officer").get(path).status_code for path in paths] == [404, 404]
    found = program("officer").get(f"/api/v1/cases/{mine.reference}/files/{other}/")
    assert found.status_code == 404


def test_nobody_is_assigned_who_is_not_of_the_unit(agency: Agency) -> None:
    case = walk(agency, "assign")
    for name in ("roads_officer", "intake", "quality", "auditor", "administrator", "nobody"):
        answer = browser("supervisor").post(
            f"/desk/cases/{case.reference}/assigned/", {"assignee": name}
        )
        assert answer.status_code == 422, name
    case.refresh_from_db()
    assert case.assignee is None


def test_a_staged_file_of_another_form_is_neither_shown_nor_removed(agency: Agency, client) -> None:
    theirs = uploads.stage(SimpleUploadedFile("a.txt", b"halo"), "their-upload-token")
    said = {"token": "my-form-token", "upload": "my-upload-token", "step": "files"}
    page = client.post("/complain/", said | {"go": "add", "remove": theirs.pk})
    assert theirs.name not in page.content.decode()
    assert Attachment.objects.filter(pk=theirs.pk).exists()


def test_the_secret_of_one_case_opens_no_other(agency: Agency, client) -> None:
    said = {"text": "Air mati empat hari.", "identity": "none"}
    one, two = filing.file(said), filing.file(said)
    asked = {"reference": two.case.reference, "secret": one.secret}
    assert client.post("/track/", asked).status_code == 422
    assert program("anonymous").post("/api/v1/track/", asked).status_code == 404


@pytest.mark.parametrize("situation", CASES)
def test_lists_and_searches_find_nothing_out_of_sight(agency, mine, situation) -> None:
    other = build(agency, situation, "officer")
    Case.objects.filter(pk=other.pk).update(subject="Zamrud khatulistiwa", text="Zamrud di sana")
    pages = [
        "/desk/?view=all",
        "/desk/?q=zamrud",
        f"/desk/?q={other.reference}",
        "/desk/?view=unit",
    ]
    pages += ["/desk/?view=unassigned", "/desk/?unit=roads&view=all", "/desk/tray/"]
    desk, calls = browser("officer"), program("officer")
    for path in pages:
        page = desk.get(path)
        assert page.status_code == 200, path
        assert "khatulistiwa" not in page.content.decode(), path
        assert f"cases/{other.reference}" not in page.content.decode(), path
    for query in ("", "?q=zamrud", "?unit=roads", "?assignee=officer", "?stage=work"):
        found = calls.get(f"/api/v1/cases/{query}").json()["results"]
        assert other.reference not in {row["reference"] for row in found}, query


def test_naming_whom_a_case_is_about_opens_nothing(agency: Agency) -> None:
    case = file_case()
    do(case, "about", agency.intake, people="officer", reason="Disebut namanya.")
    officer = User.objects.get(username="officer")
    assert not Case.objects.visible_to(officer).filter(pk=case.pk).exists()
