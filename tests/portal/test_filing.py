"""Filing through the pages, without JavaScript."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from casework.models import Attachment, Case, Complainant
from portal.packed import pack
from portal.steps import STEPS
from tests.agency import Agency
from tests.portal.pages import forms_in, send

#: What no page can show again.
UNREADABLE = "x" * 30 + "\x00"
UNKEPT = ("no-such", UNREADABLE)
TEXT = "Air mati empat hari di RT 03. Kami membeli air galon tiap hari."


def photo(name: str = "foto.jpg") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


class Filing:
    """A citizen at the form: answers what a step asks, gets the next page."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.html = client.get("/complain/").content.decode()

    @property
    def fields(self) -> dict[str, str]:
        """What the page sends unless somebody types: carried answers, and those it shows."""
        [form] = forms_in(self.html, "/complain/")
        return {name: said for name, said in form.answers.items() if name != "csrfmiddlewaretoken"}

    def answer(self, status: int = 200, **answers):
        [form] = forms_in(self.html, "/complain/")
        response = send(self.client, form, **{"go": "next"} | answers)
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


def secret_on(client: Client, address: str) -> str:
    return re.findall(r"data-secret>([\d ]+)<", client.get(address).content.decode())[0]


def test_a_lost_answer_to_sending_costs_nothing_the_same_receipt_comes_again(
    client: Client, agency: Agency
) -> None:
    form = to_the_end(client)
    last = form.html
    first = form.answer(302).headers["Location"]
    secret = secret_on(client, first)
    form.html = last  # the connection broke: the page is still the one with the button
    again = form.answer(302).headers["Location"]
    assert Case.objects.count() == 1
    assert secret == secret_on(Client(), again) == secret_on(client, first)
    track = {"reference": Case.objects.get().reference, "secret": secret}
    assert client.post("/track/", track).status_code == 302


def test_the_secret_is_gone_once_the_citizen_has_it(client: Client, agency: Agency) -> None:
    address = to_the_end(client).answer(302).headers["Location"]
    secret = secret_on(client, address)
    [form] = forms_in(client.get(address).content.decode(), address)
    send(client, form)
    page = client.get(address).content.decode()
    assert secret not in page and Case.objects.get().reference in page


def test_the_receipt_says_what_its_code_is_and_prints(client: Client, agency: Agency) -> None:
    address = to_the_end(client).answer(302).headers["Location"]
    html = client.get(address, headers={"accept-language": "en"}).content.decode()
    name = "QR code of the tracking page with your reference"
    assert re.search(rf'role="img" aria-label="{name}"><svg [^>]*viewBox', html)
    assert re.search(r'<button[^>]* hidden data-module="print">', html), "no script, no button"


def test_answers_are_read_back_in_words(client: Client, agency: Agency) -> None:
    form = to_the_end(client, identity="withheld", name="Wulan")
    said = [row.split("<br>")[0] for row in form.html.split('<dd class="break">')[1:]]
    assert said[1] == "Sambungan air"
    assert said[3] in ("Monday 5 January 2026", "Senin 5 Januari 2026")
    assert said[-1] in ("Withhold my name", "Rahasiakan nama saya")


def test_identity_none_keeps_no_contact_even_when_one_was_typed(
    client: Client, agency: Agency
) -> None:
    form = to_the_end(client, identity="none", name="Wulan", email="w@example.org", phone="")
    assert "Wulan" not in form.html and "w@example.org" not in form.html
    form.answer(302)
    person = Complainant.objects.get()
    assert (person.name, person.email, person.phone) == ("", "", "")
    assert "sessionid" not in client.cookies


CONTACTS = {"name": "Wulan", "email": "w@example.org", "phone": "0812 3456 7890"}


@pytest.mark.parametrize("go", ["next", "back", "to-what"])
def test_contacts_typed_before_choosing_none_travel_no_further(
    client: Client, agency: Agency, go: str
) -> None:
    form = to_the_end(client, identity="named", **CONTACTS)
    form.answer(go="to-who")
    assert form.fields["phone"] == CONTACTS["phone"]
    form.answer(go=go, identity="none")
    assert not any(words in form.html for words in CONTACTS.values())


def test_contacts_of_one_who_stays_without_a_name_are_not_even_checked(
    client: Client, agency: Agency
) -> None:
    form = to_the_end(client, identity="none", email="no address", phone="no number")
    assert form.fields["step"] == "check"


def test_who_changes_from_none_to_named_is_asked_again(client: Client, agency: Agency) -> None:
    form = to_the_end(client, identity="none", name="Wulan")
    form.answer(go="to-who")
    assert (form.fields["identity"], form.fields["name"]) == ("none", "")
    form.answer(422, identity="named")
    form.answer(identity="named", name="Wulan")
    assert "Wulan" in form.html


@pytest.mark.parametrize(
    ("step", "answers"),
    [
        ("what", {"text": "pendek"}),
        ("what", {"text": ""}),
        ("what", {"text": UNREADABLE}),
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
    html = response.content.decode()
    errors = re.findall(r'<li><a href="#(\w+)">[^:]+: (.+?)</a></li>', html)
    assert errors
    for field, sentence in errors:
        assert f'id="{field}"' in html
        assert sentence in html.split(f'id="{field}_error">')[1].split("</p>")[0]
    assert all(words in html for words in answers.values() if words not in UNKEPT)
    assert Case.objects.count() == 0


def test_what_is_no_photo_is_refused_with_a_sentence(client: Client, agency: Agency) -> None:
    bad = SimpleUploadedFile("x.html", b"<html><script>alert(1)</script>", "text/html")
    data = {"step": "files", "token": "t", "upload": "u", "files": bad}
    response = client.post("/complain/", data)
    assert response.status_code == 422
    assert Attachment.objects.count() == 0


def test_every_step_goes_back_without_losing_an_answer(client: Client, agency: Agency) -> None:
    form = to_the_end(client)
    answers = {name: words for name, words in form.fields.items() if name != "step"}
    for step in reversed(STEPS[:-1]):
        form.answer(go="back")
        assert form.fields == answers | {"step": step.name}
    assert answers["text"] == TEXT and answers["occurred_on"] == "2026-01-05"


@pytest.mark.parametrize(
    "packed",
    ["x", "%%%", "~", pack(TEXT)[:-8], pytest.param(pack("a" * 50_000_000), id="swells")],
)
def test_a_packed_answer_that_is_none_of_ours_says_nothing(
    client: Client, agency: Agency, packed: str
) -> None:
    said = {"step": "check", "token": "t", "upload": "u", "identity": "none", "packed": packed}
    page = client.post("/complain/", said)
    assert page.status_code == 422 and "Ceritakan apa yang terjadi" in page.content.decode()


def test_words_in_the_open_are_newer_than_packed_ones(client: Client, agency: Agency) -> None:
    said = {"token": "t", "upload": "u", "packed": pack(TEXT)}
    newer = client.post("/complain/", said | {"step": "service", "text": "Air mati lagi hari ini."})
    [form] = forms_in(newer.content.decode(), "/complain/")
    assert form.answers["text"] == "Air mati lagi hari ini."
    emptied = client.post("/complain/", said | {"step": "what", "text": ""})
    assert emptied.status_code == 422 and TEXT not in emptied.content.decode()


def test_a_step_is_called_wrong_only_once_it_was_sent(client: Client, agency: Agency) -> None:
    """Who goes back and on again brings a choice along, and has not answered the rest yet."""
    form = to_the_end(client, identity="withheld")
    form.answer(go="to-who", identity="named")
    form.answer(go="back")
    shown = form.answer().content.decode()
    assert form.fields["step"] == "who" and form.fields["identity"] == "named"
    assert "ds-error-summary" not in shown and "aria-invalid" not in shown
    assert "ds-error-summary" in form.answer(422).content.decode()


def test_whether_a_whole_office_is_meant_is_answered_no_at_first(
    client: Client, agency: Agency
) -> None:
    form = Filing(client)
    form.answer(text=TEXT)
    shown = form.answer(go="to-about").content.decode()
    assert "Tidak, bukan seluruh kantor" in shown and "Belum<" not in shown


def test_every_answer_can_be_changed_from_the_last_step(client: Client, agency: Agency) -> None:
    form = to_the_end(client)
    last = form.html
    for step in STEPS[:-1]:
        form.html = last
        form.answer(go=f"to-{step.name}")
        assert form.fields["step"] == step.name


def test_the_token_of_another_programs_filing_opens_no_receipt(
    client: Client, agency: Agency
) -> None:
    key, said = "of-a-program-0001", {"text": TEXT, "identity": "none"}
    sent = client.post("/api/v1/cases/", said, headers={"idempotency-key": key})
    assert sent.status_code == 201
    for token in (key, f"rest::{key}"):
        assert client.get(f"/complain/receipt/{token}/").status_code == 404
    form = to_the_end(client, identity="none")
    form.html = re.sub(r'(name="token" value=")[^"]*', rf"\1rest::{key}", form.html)
    assert sent.json()["reference"] not in form.answer().content.decode()
    assert Case.objects.count() == 1


def test_an_installation_without_a_receiving_unit_says_so(client: Client, db: None) -> None:
    assert b"/complain/" not in client.get("/").content
    page = client.get("/complain/")
    assert page.status_code == 200 and b"<textarea" not in page.content


def test_filing_costs_at_most_thirty_six_statements(
    client: Client, agency: Agency, django_assert_max_num_queries
) -> None:
    form = to_the_end(client)
    with django_assert_max_num_queries(36):
        form.answer(302)


def test_a_files_step_that_is_loaded_again_refuses_nothing(client: Client, agency: Agency) -> None:
    """A photo that was shrunk in the browser cannot be read twice: it comes again, empty."""
    form = Filing(client)
    for answers in ({"text": TEXT}, {}, {}, {}):
        form.answer(**answers)
    before = form.html
    form.answer(files=photo(), go="add")
    form.html = before
    form.answer(files=SimpleUploadedFile("foto.jpg", b"", "image/jpeg"), go="add")
    assert Attachment.objects.count() == 1
    form.answer(422, files=SimpleUploadedFile("lain.jpg", b"", "image/jpeg"), go="add")


def test_an_eleventh_file_is_refused_in_words_and_the_answers_stay(
    client: Client, agency: Agency
) -> None:
    form = Filing(client)
    for answers in ({"text": TEXT}, {}, {}, {}):
        form.answer(**answers)
    eleven = [SimpleUploadedFile(f"{number}.txt", b"Catatan") for number in range(11)]
    refused = form.answer(422, files=eleven, go="add").content.decode()
    assert "10.txt: Paling banyak 10 berkas" in refused
    assert form.fields["text"] == TEXT
    assert Attachment.objects.count() == 10
