"""Filing through the pages, without JavaScript."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from casework.models import Attachment, Case, Complainant
from portal.steps import STEPS
from tests.agency import Agency
from workflows import filing

TEXT = "Air mati empat hari di RT 03. Kami membeli air galon tiap hari."


def hidden(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html))


def photo(name: str = "foto.jpg") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


class Filing:
    """A citizen at the form: answers a step, gets the next page."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.html = client.get("/complain/").content.decode()

    def answer(self, status: int = 200, **answers):
        response = self.client.post("/complain/", hidden(self.html) | {"go": "next"} | answers)
        assert response.status_code == status
        self.html = response.content.decode()
        return response


def to_the_end(client: Client, **who) -> Filing:
    form = Filing(client)
    form.answer(text=TEXT)
    form.answer(service="pdam")
    form.answer(address="RT 03, Karangsari")
    form.answer(occurred_on="2026-01-05")
    form.answer(files=photo())
    form.answer(about="")
    form.answer(**(who or {"identity": "named", "name": "Wulan", "email": "w@example.org"}))
    return form


def test_a_citizen_files_step_by_step_and_gets_a_receipt(client: Client, agency: Agency) -> None:
    form = to_the_end(client)
    assert "RT 03, Karangsari" in form.html
    assert "foto.jpg" in form.html
    receipt = client.get(form.answer(302).headers["Location"])
    case = Case.objects.get()
    assert case.text == TEXT
    assert case.service.code == "pdam"
    assert case.complainant.email == "w@example.org"
    assert case.attachments.count() == 1
    assert case.reference in receipt.content.decode()
    assert re.search(r"data-secret>\d{4} \d{4} \d{4} \d{4}<", receipt.content.decode())


def test_sending_twice_files_one_case_and_shows_the_same_secret(
    client: Client, agency: Agency
) -> None:
    form = to_the_end(client)
    last = form.html
    first = form.answer(302).headers["Location"]
    form.html = last
    again = form.answer(302).headers["Location"]
    assert Case.objects.count() == 1
    assert first == again
    assert client.get(first).content.count(b"data-secret") == 1


def test_the_secret_is_gone_once_the_citizen_has_it(client: Client, agency: Agency) -> None:
    address = to_the_end(client).answer(302).headers["Location"]
    client.post(address)
    assert b"data-secret" not in client.get(address).content


def test_identity_none_keeps_no_contact_even_when_one_was_typed(
    client: Client, agency: Agency
) -> None:
    form = to_the_end(client, identity="none", name="Wulan", email="w@example.org", phone="")
    form.answer(302)
    person = Complainant.objects.get()
    assert (person.name, person.email, person.phone) == ("", "", "")
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize(
    ("step", "answers"),
    [
        ("what", {"text": "pendek"}),
        ("what", {"text": "x" * 30 + "\x00"}),
        ("service", {"service": "no-such"}),
        ("when", {"occurred_on": "2999-01-01"}),
        ("who", {"identity": "named", "name": ""}),
        ("who", {"identity": "withheld", "email": "not an address"}),
    ],
)
def test_a_wrong_answer_is_said_by_its_field_and_kept(
    client: Client, agency: Agency, step: str, answers: dict[str, str]
) -> None:
    response = client.post("/complain/", {"step": step, "token": "t", "upload": "u", **answers})
    assert response.status_code == 422
    assert b"ds-error-summary" in response.content
    assert Case.objects.count() == 0


def test_what_is_no_photo_is_refused_with_a_sentence(client: Client, agency: Agency) -> None:
    bad = SimpleUploadedFile("x.html", b"<html><script>alert(1)</script>", "text/html")
    data = {"step": "files", "token": "t", "upload": "u", "files": bad}
    response = client.post("/complain/", data)
    assert response.status_code == 422
    assert Attachment.objects.count() == 0


def test_every_step_goes_back_without_losing_an_answer(client: Client, agency: Agency) -> None:
    form = to_the_end(client)
    for step in reversed(STEPS[:-1]):
        form.html = client.post("/complain/", hidden(form.html) | {"go": "back"}).content.decode()
        assert hidden(form.html)["step"] == step.name
    assert TEXT in form.html


def test_the_token_of_another_programs_filing_opens_no_receipt(
    client: Client, agency: Agency
) -> None:
    filing.file({"text": TEXT, "identity": "none"}, token="of-a-program", body_digest="d")
    assert client.get("/complain/receipt/of-a-program/").status_code == 404
    form = to_the_end(client)
    form.html = re.sub(r'(name="token" value=")[^"]*', r"\1of-a-program", form.html)
    form.answer(404)
    assert Case.objects.count() == 1


def test_an_installation_without_a_receiving_unit_says_so(client: Client, db: None) -> None:
    assert b"/complain/" not in client.get("/").content


def test_filing_costs_at_most_thirty_statements(
    client: Client, agency: Agency, django_assert_max_num_queries
) -> None:
    form = to_the_end(client)
    with django_assert_max_num_queries(30):
        form.answer(302)
