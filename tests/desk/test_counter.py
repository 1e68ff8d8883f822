"""The form at the counter speaks to the officer about the complainant."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casework import timeline
from casework.models import Case
from tests.agency import Agency, do
from tests.desk.pages import address, at_desk
from tests.samples import picture

PATH = "/desk/file/"
SAID = {"channel": "counter", "text": "Warga datang: air mati sepekan di RT 07."}


@pytest.fixture
def counter(agency: Agency) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(agency.intake)
    return client


def page(counter: Client, **said: Any) -> str:
    answer = counter.post(PATH, SAID | {"identity": "none", "token": "t"} | said)
    assert answer.status_code == 422
    return str(answer.content.decode())


def test_a_missing_name_is_the_complainants(counter: Client) -> None:
    shown = page(counter, identity="named")
    assert "Enter the name of the complainant, or choose to withhold it." in shown
    assert "your name" not in shown


def test_each_way_to_say_who_one_is_has_its_consequence_under_it(counter: Client) -> None:
    shown = counter.get(PATH).content.decode()
    assert "The officers who handle the case see name and contact." in shown
    assert "Only identity officers can read the name." in shown
    assert "Whoever loses the secret cannot be helped." in shown


def test_a_year_of_five_digits_is_named_as_what_is_wrong(counter: Client) -> None:
    shown = page(counter, received_at="12026-11-24T09:00")
    assert "Enter the day, a year of four digits, and the time." in shown
    assert not Case.objects.exists()


def test_nothing_happened_after_the_letter_about_it_was_received(counter: Client) -> None:
    wrong = page(counter, received_at="2026-01-05T09:00", occurred_on="2026-01-06")
    assert "This is after the day on which it was received." in wrong
    assert not Case.objects.exists()
    same = {"identity": "none", "token": "t", "occurred_on": "2026-01-05"}
    sent = SAID | same | {"received_at": "2026-01-05T00:10"}
    assert counter.post(PATH, sent).status_code == 302


def test_what_is_wrong_is_listed_in_the_order_of_the_page(counter: Client) -> None:
    wrong = {"email": "wulan", "received_at": "12026-01-05T09:00", "occurred_on": "2099-01-01"}
    shown = page(counter, identity="named", text="", **wrong)
    listed = re.findall(r'<li><a href="#id_(\w+)', shown)
    on_page = re.findall(r'<(?:input|textarea|select)[^>]* id="id_(\w+)"', shown)
    assert len(listed) == 5
    assert listed == [name for name in on_page if name in listed]


def test_a_wrong_e_mail_address_is_called_what_its_field_is_called(agency: Agency) -> None:
    told = "Isi alamat surel yang benar, misalnya nama@contoh.id."
    sent = SAID | {"identity": "named", "name": "Wulan", "email": "wulan", "token": "t"}
    assert told in at_desk(agency.intake, "id").post(PATH, sent).text
    stranger = Client(headers={"accept-language": "id"})
    lost = {"reference": "26-7K3M9QE", "email": "wulan"}
    assert told in stranger.post("/track/lost/", lost).text


def test_the_field_offers_no_moment_that_is_refused(counter: Client) -> None:
    shown = counter.get(PATH).content.decode()
    field = shown[shown.index('name="received_at"') :].split(">")[0]
    limits = dict(part.split("=") for part in field.split() if part.startswith(("min", "max")))
    for limit in limits.values():
        answer = page(counter, received_at=limit.strip('"'), text="x")
        assert "This moment is in the future." not in answer
        assert "more than ten years ago" not in answer
    assert set(limits) == {"min", "max"}


@pytest.mark.parametrize(("identity", "known"), [("withheld", 404), ("named", 200)])
def test_the_letter_that_was_typed_in_is_scanned_as_a_proof_and_files_are_files(
    counter: Client, agency: Agency, identity: str, known: int
) -> None:
    sent = {"identity": identity, "name": "Wulan Anggraini", "channel": "letter", "token": "t"}
    sent["proof_files"] = SimpleUploadedFile("surat wulan.jpg", picture(), "image/jpeg")
    sent["files"] = SimpleUploadedFile("jalan wulan.jpg", picture(), "image/jpeg")
    assert counter.post(PATH, SAID | sent).status_code == 302
    case = Case.objects.get()
    hung = {file.event.kind: file for file in case.attachments.all()}
    assert hung.keys() == {"proof", "filed"}
    assert ("wulan" in hung["filed"].name) == (identity == "named")
    case = do(case, "accept", agency.intake, category="water", unit="water")
    desk = at_desk(agency.officer)
    page = desk.get(address(case)).text
    assert ("jalan wulan.jpg" in page) == ("surat wulan.jpg" in page) == (identity == "named")
    assert (address(case, f"files/{hung['proof'].pk}") in page) == (known == 200)
    assert ("A scan that is not for your role to see" in page) == (known == 404)
    assert desk.get(address(case, f"files/{hung['filed'].pk}")).status_code == 200
    assert desk.get(address(case, f"files/{hung['proof'].pk}")).status_code == known
    assert not list(timeline.broken(Case.objects.all()))


def test_a_scan_stays_with_the_form_that_lacks_something(counter: Client) -> None:
    scan = SimpleUploadedFile("surat.jpg", picture(), "image/jpeg")
    shown = page(counter, identity="named", proof_files=scan, proof_upload="tokenofthescan")
    assert "Attached: surat.jpg" in shown.replace("\n", " ")
    sent = {"identity": "named", "name": "Wulan", "proof_upload": "tokenofthescan", "token": "t"}
    assert counter.post(PATH, SAID | sent).status_code == 302
    assert Case.objects.get().attachments.get().event.kind == "proof"
