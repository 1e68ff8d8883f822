from rest_framework.test import APIClient

from casework.models import Audience
from tests.agency import Agency, do
from workflows import filing

TRACK = "/api/v1/track/"
SAID = {"text": "Lampu jalan mati sejak Senin malam.", "identity": "none"}


def test_reference_and_secret_open_the_public_view(anybody: APIClient, agency: Agency) -> None:
    filed = filing.file(SAID)
    do(filed.case, "note", agency.intake, text="Rahasia dinas.")
    keys = {"reference": filed.case.reference, "secret": filed.secret}
    answer = anybody.post(TRACK, keys, format="json")
    assert answer.status_code == 200
    assert answer.data["status"] == "received"
    assert [event["text"] for event in answer.data["timeline"]] == [SAID["text"]]
    assert "Rahasia" not in answer.content.decode()


def test_of_a_step_only_the_label_is_told(anybody: APIClient, agency: Agency) -> None:
    filed = filing.file(SAID)
    case = do(filed.case, "accept", agency.intake, category="water", unit="water")
    case = do(case, "transfer", agency.supervisor, unit="roads", reason="Bukan urusan kami.")
    assert case.events.get(kind="transfer").audience == Audience.STEP
    keys = {"reference": case.reference, "secret": filed.secret}
    answer = anybody.post(TRACK, keys, format="json")
    assert set(answer.data["timeline"][0]) == {"at", "label", "text", "files"}
    assert "Bukan urusan" not in answer.content.decode()


def test_a_wrong_secret_and_an_unknown_reference_look_the_same(
    anybody: APIClient, agency: Agency
) -> None:
    known = filing.file(SAID).case.reference
    answers = [
        anybody.post(TRACK, {"reference": name, "secret": "0" * 16}, format="json")
        for name in (known, "26-ABCDEFE")
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
