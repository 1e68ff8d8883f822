"""Whoever sends too much is told when to come again, and loses nothing of what was typed."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.throttles import Pace, Throttle, TooMany
from casework import limits, links, tracking
from casework.access import NoSuchCase
from casework.models import Case
from portal import complain, signed
from tests.agency import Agency, file_case, walk
from tests.portal.pages import forms_in, send
from workflows import filing

STRICT = Pace(1, 3600, first=90, longest=600)
TEXT = "Air mati empat hari di RT 03. Kami membeli air galon."
pytestmark = pytest.mark.usefixtures("counted")


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((complain, "FILING"), (limits, "UPLOADS")):
        made = Throttle(name, 1000, {"address": STRICT, "case": STRICT})
        monkeypatch.setattr(module, name, made)
    paces = {"address": STRICT, "case": STRICT, "everybody": Pace(100, 3600, 1, 60)}
    monkeypatch.setattr(tracking, "SECRETS", Throttle("secrets", 1000, paces))
    monkeypatch.setattr(signed, "LINKS", Throttle("links", 1000, paces))


def somebody(address: str = "198.51.100.7") -> Client:
    return Client(REMOTE_ADDR=address, headers={"accept-language": "en"})


def last_step(n: int) -> dict[str, str]:
    said = {"text": f"{TEXT} {n}", "identity": "none", "address": "Jalan Melati 12"}
    return said | {"step": "check", "go": "next", "token": f"token-{n}", "upload": f"upload-{n}"}


def a_file(name: str = "bukti.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"halo warga")


def test_who_files_too_much_gets_the_page_again_and_files_with_it_later(
    agency: Agency, strict: None
) -> None:
    codes = [somebody().post("/complain/", last_step(n)).status_code for n in range(2)]
    page = somebody().post("/complain/", last_step(2))
    assert codes == [302, 302] and page.status_code == 429
    assert 60 < int(page["Retry-After"]) <= 90
    html = page.content.decode()
    assert "Please send it again in 2 minutes" in html and "What you typed is kept" in html
    (form,) = forms_in(html, "/complain/")
    assert form.answers | {"go": "next"} == form.answers | last_step(2)
    # What was filed already is shown, not refused: a lost answer costs nobody the receipt.
    assert somebody().post("/complain/", last_step(1)).status_code == 302
    assert send(somebody("198.51.100.8"), form, go="next").status_code == 302
    assert Case.objects.count() == 3


def test_staff_at_the_counter_are_not_slowed(agency: Agency, strict: None) -> None:
    staff = somebody()
    staff.force_login(agency.intake)
    said = {"channel": "counter", "kind": "complaint", "identity": "none", "text": TEXT}
    for n in range(4):
        sent = said | {"token": f"token-{n}", "upload": f"upload-{n}"}
        assert staff.post("/desk/file/", sent).status_code == 302
    assert Case.objects.count() == 4


def test_who_sends_files_too_often_keeps_those_that_came_and_what_was_typed(
    agency: Agency, strict: None
) -> None:
    client = somebody()
    said = last_step(0) | {"step": "files", "go": "add"}
    for _send in range(2):
        assert client.post("/complain/", said | {"files": a_file()}).status_code == 200
    page = client.post("/complain/", said | {"files": a_file("lagi.txt")})
    html = page.content.decode()
    assert page.status_code == 429 and html.count("bukti.txt") >= 2 and "lagi.txt" not in html
    assert forms_in(html, "/complain/")[0].answers["text"] == said["text"]


def test_each_file_counts_however_many_come_at_once(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Throttle("uploads", 1000, {"address": Pace(4, 3600, first=90, longest=600)})
    monkeypatch.setattr(limits, "UPLOADS", few)
    said = last_step(0) | {"step": "files", "go": "add"}
    codes = []
    for sending in range(3):
        files = [a_file(f"{sending}-{n}.txt") for n in range(3)]
        codes.append(somebody().post("/complain/", said | {"files": files}).status_code)
    assert codes == [200, 200, 429]


def test_files_to_one_case_are_slowed_wherever_they_come_from(agency: Agency, strict: None) -> None:
    case = walk(agency, "work")
    address = f"/c/{links.link_for(case)}/message/"
    for n in range(2):
        sent = {"text": "Ini fotonya.", "upload": f"upload-{n}", "files": a_file()}
        assert somebody(f"198.51.100.{n}").post(address, sent).status_code == 302
    sent["files"] = a_file()
    page = somebody("198.51.100.9").post(address, sent | {"text": "Dan lagi.", "seen": "1"})
    assert page.status_code == 429 and page["Retry-After"]
    (form,) = forms_in(page.content.decode(), address)
    assert (form.fields["text"], form.fields["seen"]) == ("Dan lagi.", "1")


def track(client: Client, reference: str, secret: str = "0" * 16):
    return client.post("/track/", {"reference": reference, "secret": secret})


def test_wrong_secrets_wait_longer_each_time_and_the_right_one_opens(
    agency: Agency, strict: None
) -> None:
    filed = filing.file({"text": TEXT, "identity": "none"})
    own, reference = somebody(), filed.case.reference
    assert track(own, reference).status_code == 422
    answers = [track(own, reference) for _try in range(3)]
    assert [answer.status_code for answer in answers] == [429] * 3
    waits = [int(answer["Retry-After"]) for answer in answers]
    assert waits == [90, 180, 360]
    assert "The right reference and secret open your complaint" in answers[0].content.decode()
    # The same from elsewhere: they are counted for the case, too.
    assert track(somebody("203.0.113.1"), reference).status_code == 429
    opened = track(own, reference, filed.secret or "")
    assert opened.status_code == 302 and own.get(opened["Location"]).status_code == 200


def test_the_right_secret_opens_in_a_flood_of_guesses_from_fresh_addresses(agency: Agency) -> None:
    filed = filing.file({"text": TEXT, "identity": "none"})
    reference = filed.case.reference
    with time_machine.travel(timezone.now(), tick=False):  # all in one second
        for n in range(120):
            with pytest.raises((TooMany, NoSuchCase)):
                tracking.find(reference, f"{n:016d}", address=f"192.0.2.{n}")
        refused = track(somebody("203.0.113.1"), reference)
        opened = track(somebody("203.0.113.2"), reference, filed.secret or "")
    assert (refused.status_code, opened.status_code) == (429, 302)


def test_a_flood_of_what_cannot_be_filed_keeps_nobody_from_filing(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many addresses it comes from: a place below the ceiling costs a real case."""
    low = Throttle("filing", 1, {"address": Pace(60, 3600, first=5, longest=120)})
    monkeypatch.setattr(complain, "FILING", low)
    with time_machine.travel(timezone.now(), tick=False):
        for n in range(5):
            empty = last_step(n) | {"text": ""}
            assert somebody(f"192.0.2.{n}").post("/complain/", empty).status_code == 422
        assert somebody().post("/complain/", last_step(9)).status_code == 302
        assert somebody("203.0.113.1").post("/complain/", last_step(8)).status_code == 429


def test_who_sends_what_cannot_be_filed_again_and_again_is_slowed(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(complain, "TRIES", Throttle("tries", None, {"address": STRICT}))
    empty = last_step(0) | {"text": ""}
    codes = [somebody().post("/complain/", empty).status_code for _try in range(3)]
    assert codes == [422, 422, 429]
    assert somebody("198.51.100.8").post("/complain/", empty).status_code == 422


@pytest.mark.parametrize("tries", [1, 4])
def test_an_unknown_reference_looks_like_a_wrong_secret_byte_for_byte(
    agency: Agency, strict: None, tries: int
) -> None:
    seen = []
    for n, reference in enumerate((file_case().reference, "26-ABCDEFE", "no reference")):
        client = somebody(f"203.0.113.{n}")
        answer = [track(client, reference) for _try in range(tries)][-1]
        token = client.cookies["csrftoken"].value
        html = answer.content.decode().replace(reference, "R")
        masked = [part.split('"')[0] for part in html.split('csrfmiddlewaretoken" value="')[1:]]
        for part in {*masked, token}:
            html = html.replace(part, "")
        seen.append((answer.status_code, answer.get("Retry-After"), cut_tokens(html)))
    assert seen[0] == seen[1] == seen[2]


def cut_tokens(html: str) -> str:
    """Without the CSRF token, which is new each time."""
    head, *rest = html.split('"X-CSRFToken": "')
    return head + "".join(part.split('"', 1)[1] for part in rest)


def test_links_that_open_nothing_wait_and_a_right_one_opens(agency: Agency, strict: None) -> None:
    case, client = file_case(), somebody()
    codes = [client.get(f"/c/forged-{n}/").status_code for n in range(3)]
    assert codes == [404, 429, 429]
    assert client.get(f"/c/{links.link_for(case)}/").status_code == 200
    lost = client.post("/c/forged/message/", {"text": "Kata yang tidak boleh hilang."})
    assert lost.status_code == 429 and "Kata yang tidak boleh hilang." in lost.content.decode()


def test_a_forged_link_and_one_that_has_ended_look_the_same(agency: Agency) -> None:
    token = links.link_for(file_case())
    case = Case.objects.get()
    links.revoke_links(case)
    ended, forged = (somebody().get(f"/c/{t}/") for t in (token, "forged"))
    assert ended.status_code == forged.status_code == 404
    assert cut_tokens(masked(ended, token)) == cut_tokens(masked(forged, "forged"))


def masked(answer, token: str) -> str:
    html = answer.content.decode().replace(token, "T")
    for part in html.split('csrfmiddlewaretoken" value="')[1:]:
        html = html.replace(part.split('"')[0], "")
    return html
