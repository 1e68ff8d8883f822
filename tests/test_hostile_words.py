"""Scripts, templates, formulas, markup and control characters stay words wherever they are read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import policy
from email.parser import BytesParser
from html.parser import HTMLParser
from itertools import chain
from typing import Any

import pytest
import time_machine
from django import forms
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import api_keys
from accounts.models import Membership, Unit, User
from casework import links
from casework.models import Attachment, Case, Event, Resolution
from notifications import delivery
from tests.accounts.settings_pages import change_unit, errors
from tests.agency import IN_TEN_DAYS, Agency, do, file_case
from tests.clockwork import policy as policy_of
from tests.clockwork import rule, target
from tests.workflows.stages import anything, at_stage, player
from tests.workflows.table import LAWFUL
from workflows import filing
from workflows.actions import form_for

MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)><blink>tebal</blink>"
TEMPLATE = "{{ 'QZXJ'|lower }}{% debug %}${'QZXJ'.toLowerCase()}"
COMMANDS = "\r\nBcc: a@evil.example\r\n\u202egnp.exe\x1b[31m\u2028\x7f"
HOSTILE = f"{MARKUP}{TEMPLATE}=HYPERLINK(1){COMMANDS}"
EVALUATED = "qzxj"
#: What no page, mail or row may hold of it.
COMMANDING = set("\u202e\x1b\u2028\x7f")
#: Fields that hold a code, an address or a number, not words.
CODES = {"into", "assignee", "people", "upload", "proof_upload", "email", "phone", "code"}


def words_of(form: forms.Form) -> dict[str, str]:
    """The payload for each field in which people write words."""
    found = {}
    for name, field in form.fields.items():
        if type(field).__name__ in ("CharField", "Words") and name not in CODES:
            found[name] = HOSTILE[: field.max_length] if field.max_length else HOSTILE
    return found


def complaint() -> dict[str, str]:
    said = words_of(filing.FilingForm({}))
    assert {"text", "subject", "address", "about", "name", "postal"} <= set(said)
    return said | {"identity": "named", "email": "wulan@example.org"}


@pytest.fixture
def world(agency: Agency) -> list[Case]:
    """A case for each act that takes words, filed and acted on with hostile ones."""
    rename_everything(agency)
    policy_of(rule("semua", {"resolution": target(14, extension=7)}))
    return [*acted(agency), settled(agency)]


def rename_everything(agency: Agency) -> None:
    """Names too, although settings refuse some of these: an older database may hold them."""
    Unit.objects.update(name=MARKUP + TEMPLATE)
    User.objects.update(first_name=TEMPLATE, last_name=MARKUP)
    Membership.objects.update(handles_restricted=True)


def acted(agency: Agency) -> Iterator[Case]:
    tried: set[str] = set()
    for stage, acts in LAWFUL.items():
        for name, people in acts.items():
            who = next((who for who in people.split() if who != "time"), "")
            if name in tried or not who or name in ("timeout", *LATER):
                continue
            tried.add(name)
            yield act_with_words(agency, stage, name, who)
    assert len(tried) > 20


#: What needs something before it: a deadline, a promise, a reason.
LATER = ("lift_deadline", "keep", "explain_late", "accept_late", "return_late")


def settled(agency: Agency) -> Case:
    """A late case of which everything was settled that can be, in hostile words."""
    with time_machine.travel(timezone.now() - timedelta(days=90)):
        case = at_stage(agency, "work")
    until = (timezone.now() + timedelta(days=3)).isoformat()
    case = do(case, "explain_late", agency.officer, code="workload", text=HOSTILE[:1000])
    case = do(case, "return_late", agency.supervisor, text=HOSTILE)
    case = do(case, "set_deadline", agency.supervisor, until=until, reason=HOSTILE)
    case = do(case, "lift_deadline", agency.supervisor, reason=HOSTILE)
    case = do(case, "promise", agency.officer, until=IN_TEN_DAYS, text=HOSTILE)
    return do(case, "keep", agency.officer, text=HOSTILE)


def act_with_words(agency: Agency, stage: str, name: str, who: str) -> Case:
    case = at_stage(agency, stage)
    Case.objects.filter(pk=case.pk).update(**stored_words())
    case = Case.objects.get(pk=case.pk)
    actor = player(agency, who, case)
    said = anything(file_case()) | words_of(form_for(case, name, actor))
    if name == "set_deadline":
        said |= {"until": f"{IN_TEN_DAYS} 12:00"}
    if name == "publish":  # its words are for everybody: markup stays, the rest is refused
        said |= dict.fromkeys(("subject", "text", "answer"), MARKUP + TEMPLATE) | {"redacted": "on"}
    return do(case, name, actor, **said)


def stored_words() -> dict[str, str]:
    """What a complaint with such words is kept as, said once."""
    kept = Case.objects.filter(subject__startswith=MARKUP[:20]).first()
    kept = kept or filing.file(complaint()).case
    return {name: getattr(kept, name) for name in ("text", "subject", "address", "about")}


class Tags(HTMLParser):
    """What a browser would make of a page: only what would do something is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.active: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.active += [name for name in said if name.startswith("on")]
        self.active += [v for v in said.values() if v and v.lower().startswith("javascript:")]
        if tag == "blink" or said.get("src") == "x":
            self.active.append(tag)

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script" and "alert" in data:
            self.active.append(data)


def check(page: str, where: str) -> None:
    tags = Tags()
    tags.feed(page)
    assert not tags.active, f"{where}: {tags.active}"
    assert EVALUATED not in page, where
    assert not COMMANDING & set(page), where


def addresses(cases: list[Case]) -> Iterator[str]:
    yield from ("/desk/?view=all", "/desk/tray/", "/desk/outbox/", "/desk/next/", "/open/")
    for case in cases:
        at = f"/desk/cases/{case.reference}/"
        yield from (at, f"{at}letter/", f"{at}similar/", f"{at}note/", f"{at}message/")
        yield f"/c/{links.link_for(case)}/"
        yield f"/open/{case.reference}/"


def test_hostile_words_are_words_on_every_page(agency: Agency, world: list[Case]) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(agency.head)
    read = 0
    for address in addresses(world):
        answer = client.get(address)
        assert answer.status_code < 500, address
        page = answer.content.decode()
        check(page, address)
        read += "&lt;script&gt;alert(1)" in page
    assert read > len(world)


def test_hostile_words_are_words_in_every_answer_to_programs(agency, world) -> None:
    program = APIClient()
    key = api_keys.issue("test", "rest", agency.head)
    program.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    for case in [*world, None]:
        path = f"/api/v1/cases/{case.reference}/timeline/" if case else "/api/v1/cases/"
        answer = program.get(path)
        if answer.status_code == 200:
            assert answer["Content-Type"] == "application/json"
            assert not COMMANDING & set(answer.content.decode()), path
            assert EVALUATED not in answer.content.decode()


def test_hostile_words_are_in_no_head_of_a_mail_and_run_in_none(
    agency: Agency, world: list[Case], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = False
    monkeypatch.setattr(delivery, "MOST_AN_HOUR", 1000)
    monkeypatch.setattr(delivery, "MOST_BY_ANYBODY", 1000)
    while delivery.deliver():
        pass
    assert len(mail.outbox) > 40
    for sent in mail.outbox:
        message = BytesParser(policy=policy.default).parsebytes(sent.message().as_bytes())
        assert set(sent.recipients()) <= {user.email for user in User.objects.all()} | {
            "wulan@example.org"
        }
        assert message["Bcc"] is None and "evil" not in str(message["Subject"])
        for part in message.walk():
            if part.get_content_type() == "text/html":
                check(part.get_content(), str(message["Subject"]))
            elif part.get_content_type() == "text/plain":
                said = part.get_content()
                assert EVALUATED not in said and not COMMANDING & set(said)


def test_nothing_that_is_kept_commands_how_it_is_shown(world: list[Case]) -> None:
    assert Resolution.objects.exclude(lesson="").exists()
    rows = (model.objects.values() for model in (Case, Event, Resolution))
    for row in chain.from_iterable(rows):
        said = " ".join(str(value) for value in row.values())
        assert not COMMANDING & set(said)
    for subject in Case.objects.values_list("subject", flat=True):
        assert "\n" not in subject


def test_what_is_typed_comes_back_as_words(agency: Agency) -> None:
    client = Client(headers={"accept-language": "en"})
    staff = Client(headers={"accept-language": "en"})
    staff.force_login(agency.head)
    typed = {"text": HOSTILE, "address": HOSTILE, "name": HOSTILE, "identity": "named"}
    answers = [
        client.get("/track/", {"reference": HOSTILE}),
        client.post("/track/", {"reference": HOSTILE, "secret": HOSTILE}),
        client.post("/accounts/login/", {"username": HOSTILE, "password": "x"}),
        client.post("/complain/", typed | {"step": "where", "go": "next", "occurred_on": HOSTILE}),
        staff.get("/desk/", {"q": HOSTILE, "view": HOSTILE, "category": HOSTILE}),
        staff.post("/desk/file/", typed | {"channel": HOSTILE, "received_at": HOSTILE}),
        staff.post("/desk/emergency/", {"reference": HOSTILE, "reason": HOSTILE}),
    ]
    for answer in answers:
        page = answer.content.decode()
        assert answer.status_code < 500 and "<script>alert" not in page
        tags = Tags()
        tags.feed(page)
        assert not tags.active and EVALUATED not in page


def test_the_name_of_a_file_is_a_name(agency: Agency) -> None:
    client = Client()
    file = SimpleUploadedFile(f"{HOSTILE}.txt.exe.txt", b"Air mati.")
    said = {"text": HOSTILE, "identity": "named", "name": "Wulan", "email": "w@example.org"}
    said |= {"token": "a-token", "upload": "an-upload", "step": "files", "go": "add"}
    assert client.post("/complain/", said | {"files": file}).status_code == 200
    name = Attachment.objects.get().name
    assert name.endswith(".txt") and not set(name) & (COMMANDING | set("<>\"'\r\n{}=/\\"))


@pytest.mark.parametrize("name", ["Air\r\nBcc: a@evil.example", "Air\u202egnp.exe", "Air\x1b[31m"])
def test_settings_refuse_a_name_that_commands(agency: Agency, name: str) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(agency.administrator)
    before = Unit.objects.get(pk=agency.water.pk).name
    answer = change_unit(client, agency.water, name=name)
    assert errors(answer) == "Please type plain text on one line."
    assert Unit.objects.get(pk=agency.water.pk).name == before


def test_a_nul_is_refused_beside_its_field(agency: Agency) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(agency.intake)
    said = {"channel": "counter", "kind": "complaint", "identity": "none", "token": "a-token"}
    answer = client.post("/desk/file/", said | {"text": "Air mati\x00 empat hari."})
    assert answer.status_code == 422 and "cannot be read" in answer.content.decode()
    assert not Case.objects.exists()
