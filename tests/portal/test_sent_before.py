"""A form that was sent and comes back: the same again costs nothing, and no change is dropped."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casework import uploads
from casework.models import Case, Receipt
from tests.agency import Agency
from tests.portal.test_filing import TEXT, Filing, photo, secret_on, to_the_end
from tests.sounds import sound

ENGLISH = {"accept-language": "en"}


def sent(form: Filing) -> tuple[Case, str]:
    """Press the last button; the case, and the page of the button as it was before."""
    page = form.html
    form.answer(302)
    return Case.objects.latest("pk"), page


def changed(form: Filing, step: str, **answers: str) -> None:
    """From the last step back to another, and on to the last one with another answer."""
    form.answer(go=f"to-{step}")
    form.answer(**answers)
    while form.fields["step"] != "check":
        form.answer()


def test_a_name_that_is_taken_back_after_sending_is_not_dropped_in_silence(
    agency: Agency,
) -> None:
    client = Client(headers=ENGLISH)
    form = to_the_end(client)
    first, form.html = sent(form)
    receipt = f"/complain/receipt/{form.fields['token']}/"
    changed(form, "who", identity="none")
    form.answer(409)
    assert first.reference in form.html
    assert "What you changed since then was not sent." in form.html
    assert f'href="{receipt}"' in form.html
    assert client.get(receipt).status_code == 200
    assert Case.objects.count() == 1
    again = client.get(form.answer(302).headers["Location"]).content.decode()
    second = Case.objects.latest("pk")
    assert (second.complainant.identity, first.complainant.identity) == ("none", "named")
    assert second.reference in again
    assert first.reference not in again


def test_another_text_under_the_same_form_is_kept_on_the_page_and_sent_as_its_own(
    agency: Agency,
) -> None:
    form = to_the_end(Client(headers=ENGLISH))
    _first, form.html = sent(form)
    changed(form, "what", text=f"{TEXT} Hari ini juga keruh.")
    tokens = {name: form.fields[name] for name in ("token", "upload")}
    form.answer(409)
    assert "Hari ini juga keruh." in form.html
    assert form.fields["upload"] == tokens["upload"]
    assert form.fields["token"] != tokens["token"]
    form.answer(302)
    assert [case.text for case in Case.objects.order_by("pk")] == [
        TEXT,
        f"{TEXT} Hari ini juga keruh.",
    ]


def test_the_files_of_a_retry_count_only_where_they_are_others(
    client: Client, agency: Agency
) -> None:
    form = to_the_end(client)
    _first, form.html = sent(form)
    last = form.html
    upload = form.fields["upload"]
    uploads.stage_all([photo("lain-nama.jpg")], upload)
    form.answer(302)
    uploads.stage_all([SimpleUploadedFile("surat.txt", b"Kepada Yth.")], upload)
    form.html = last
    form.answer(409)
    assert "surat.txt" in form.html
    form.answer(302)
    names = Case.objects.latest("pk").attachments.values_list("name", flat=True)
    assert set(names) == {"surat.txt"}, "the photo hangs on the first, under the name it had"


def test_a_shrunk_photo_of_a_form_that_was_sent_comes_empty_and_is_not_refused(
    client: Client, agency: Agency
) -> None:
    form = Filing(client)
    for answers in ({"text": TEXT}, {}, {}, {}):
        form.answer(**answers)
    files = form.html
    form.answer(files=photo())
    form.answer()
    form.answer(identity="none")
    assert form.fields["step"] == "check"
    sent(form)
    form.html = files
    form.answer(files=SimpleUploadedFile("foto.jpg", b"", "image/jpeg"))
    form.answer()
    form.answer(identity="none")
    form.answer(302)
    assert Case.objects.count() == 1


def test_a_voice_note_alone_is_sent_again_though_it_hangs_on_its_case_by_then(
    client: Client, agency: Agency
) -> None:
    form = Filing(client)
    spoken = SimpleUploadedFile("suara.webm", sound(), "audio/webm")
    form.answer(files=spoken)
    for _step in range(5):
        form.answer()
    form.answer(identity="none")
    _first, form.html = sent(form)
    form.answer(302)
    assert Case.objects.count() == 1


def test_another_language_of_the_page_is_no_other_content(client: Client, agency: Agency) -> None:
    form = to_the_end(client)
    _first, form.html = sent(form)
    fields = form.fields
    client.cookies["django_language"] = "en"
    assert client.post("/complain/", fields | {"go": "next"}).status_code == 302
    assert Case.objects.count() == 1


def test_a_form_that_a_clerk_sent_tells_a_stranger_nothing(agency: Agency, client: Client) -> None:
    desk = Client()
    desk.force_login(agency.officer)
    said = {"text": TEXT, "identity": "none", "token": "of-a-clerk", "channel": "counter"}
    assert desk.post("/desk/file/", said).status_code == 302
    form = to_the_end(client, identity="none")
    form.html = re.sub(r'(name="token" value=")[^"]*', r"\1of-a-clerk", form.html)
    form.answer(409)
    assert Case.objects.get().reference not in form.html
    assert client.get("/complain/receipt/of-a-clerk/").status_code == 404


def test_the_receipt_keeps_a_digest_that_names_nobody(client: Client, agency: Agency) -> None:
    form = to_the_end(client)
    address = form.answer(302).headers["Location"]
    assert secret_on(client, address)
    kept = Receipt.objects.get().body_digest
    assert re.fullmatch(r"[0-9a-f]{64}", kept)
