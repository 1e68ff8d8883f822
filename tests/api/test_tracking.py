from rest_framework.test import APIClient

from casework.models import Audience
from tests.agency import Agency, do, file_case
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


def test_a_merged_case_stands_where_its_target_does(anybody: APIClient, agency: Agency) -> None:
    filed, into = filing.file(SAID), file_case()
    do(filed.case, "merge", agency.intake, into=into.reference)
    keys = {"reference": filed.case.reference, "secret": filed.secret}
    assert anybody.post(TRACK, keys, format="json").data["status"] == "received"
    into = do(into, "accept", agency.intake, category="water", unit="water")
    into = do(into, "assigned", agency.supervisor, assignee="officer")
    do(into, "message", agency.officer, text="Kami datang, Bu Wulan.")
    assert anybody.post(TRACK, keys, format="json").data["answer"] is None
    do(into, "respond", agency.officer, text="Lampu sudah diganti.")
    told = anybody.post(TRACK, keys, format="json")
    assert (told.data["status"], told.data["answer"]["text"]) == (
        "answer_sent",
        "Lampu sudah diganti.",
    )
    assert "Wulan" not in told.content.decode()
