"""A lost secret is replaced by e-mail, where the address is known to be the complainant's."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.throttles import Pace, Throttle
from casework import limits, links, tracking
from casework.access import NoSuchCase
from casework.models import Case, Complainant, LostSecret, Receipt, SecretKey
from notifications import delivery
from notifications.models import Outbox
from tests.agency import Agency, file_case
from tests.crawl import everything_kept
from workflows import filing
from workflows.sweep import sweep

LOST = "/track/lost/"
SECRET = re.compile(r"\b(?:\d{4} ){3}\d{4}\b")
SAID = {
    "text": "Air mati empat hari di RT 03.",
    "identity": "named",
    "name": "Wulan Anggraini",
    "email": "wulan@example.org",
}


@pytest.fixture(autouse=True)
def out(settings: Any) -> None:
    """Mails are sent, not kept for the demo."""
    settings.DEMO = False


def reader() -> Client:
    return Client(headers={"accept-language": "en"})


def mailed(word: str) -> str:
    """The path that the newest mail leads to, after everything owed has been sent."""
    sweep()
    delivery.deliver()
    found = [re.search(rf"http://[^/]+(/{word}/\S+)", str(sent.body)) for sent in mail.outbox]
    paths = [match[1] for match in found if match]
    return paths[-1] if paths else ""


@pytest.fixture
def filed(agency: Agency) -> filing.Filed:
    """A complaint whose address the complainant confirmed by the link in the first mail."""
    new = filing.file(SAID)
    page = mailed("c")
    assert "Is this your e-mail address?" in reader().get(page).text
    assert reader().post(f"{page}verify/").status_code == 302
    assert "Is this your e-mail address?" not in reader().get(page).text
    mail.outbox.clear()
    return new


def ask(
    case: Case, email: str = "wulan@example.org", address: str = "127.0.0.1", **more: str
) -> Any:
    said = {"reference": case.reference, "email": email}
    return reader().post(LOST, said | more, follow=True, REMOTE_ADDR=address)


def without_token(answer: Any) -> str:
    """The page, but for what protects its forms, which is new each time."""
    return re.sub(r"\b\w{64}\b", "", answer.text)


def opens(case: Case, secret: str | None) -> bool:
    try:
        return tracking.find(case.reference, secret or "", address="192.0.2.1") == case
    except NoSuchCase:
        return False


def test_a_mailed_link_makes_a_new_secret_once_and_the_old_ways_end(filed: filing.Filed) -> None:
    case, old_link = filed.case, f"/c/{links.link_for(filed.case)}/"
    assert "If both belong together" in ask(case).text
    path = mailed("track/new")
    page = reader().get(path).text
    assert case.reference in page
    assert opens(case, filed.secret), "to look changes nothing"
    answer = reader().post(path, follow=True)
    [secret] = SECRET.findall(answer.text)
    assert opens(case, secret)
    assert not opens(case, filed.secret)
    assert reader().get(old_link).status_code == 404
    assert not SecretKey.objects.exists()
    # A lost connection, or the button pressed twice: the same, until they say they have it.
    assert SECRET.findall(reader().post(path, follow=True).text) == [secret]
    assert not SECRET.search(reader().post(path, {"have": "1"}, follow=True).text)
    assert opens(case, secret)


def test_of_the_change_they_hear_by_mail_and_on_their_page(
    agency: Agency, filed: filing.Filed
) -> None:
    ask(filed.case)
    reader().post(mailed("track/new"))
    page = reader().get(mailed("c")).text
    assert mail.outbox[-1].subject == f"{filed.case.reference}: angka rahasia Anda diganti"
    assert "Your secret was changed" in page
    desk = Client(headers={"accept-language": "en"})
    desk.force_login(agency.intake)
    history = desk.get(f"/desk/cases/{filed.case.reference}/").text
    assert "New secret given by e-mail" in history


def test_the_mail_of_a_restricted_case_still_holds_the_link(filed: filing.Filed) -> None:
    Case.objects.filter(pk=filed.case.pk).update(restricted=True)
    ask(filed.case)
    assert mailed("track/new")


@pytest.mark.parametrize("said", ["unknown", "wrong", "unverified", "nameless"])
def test_the_answer_and_the_work_are_the_same_whatever_is_known(
    agency: Agency, filed: filing.Filed, said: str
) -> None:
    case, email = filed.case, "wulan@example.org"
    if said == "unknown":
        case = Case(reference="26-7K3M9QE")
    if said == "wrong":
        email = "budi@example.org"
    if said == "unverified":
        case = file_case()
    if said == "nameless":
        case = file_case(identity="none", name="", email="")
    with CaptureQueriesContext(connection) as right:
        known = ask(filed.case)
    with CaptureQueriesContext(connection) as other:
        answer = ask(case, email)
    assert without_token(answer) == without_token(known)
    assert answer.redirect_chain == known.redirect_chain

    def shapes(queries: Any) -> list[str]:
        return [re.sub(r"'[^']*'|\b\d+\b|NULL|true|false", "?", query["sql"]) for query in queries]

    assert shapes(other) == shapes(right)
    assert LostSecret.objects.exclude(case__isnull=False, fits=True).count() == 1
    sweep()
    delivery.deliver()
    assert [sent.to for sent in mail.outbox if "/track/new/" in str(sent.body)] == [
        ["wulan@example.org"]
    ]
    assert not LostSecret.objects.exists()


def test_staff_who_try_addresses_of_a_withheld_complainant_learn_nothing(
    agency: Agency, filed: filing.Filed
) -> None:
    """The history grows by a line a day, whichever guess was right."""
    Complainant.objects.filter(pk=filed.case.complainant_id).update(identity="withheld")
    desk, lines = Client(headers={"accept-language": "en"}), []
    wrong, right = "budi@example.org", "wulan@example.org"
    for hour, email in ((0, wrong), (1, right), (2, wrong), (26, right), (27, wrong), (28, right)):
        with time_machine.travel(timezone.now() + timedelta(hours=hour), tick=False):
            before = filed.case.events.count()
            ask(filed.case, email)
            assert bool(mailed("track/new")) == (email == right)
            mail.outbox.clear()
            desk.force_login(agency.intake)
            page = desk.get(f"/desk/cases/{filed.case.reference}/").text
        lines.append((filed.case.events.count() - before, page.count("asked for on the web")))
    assert lines == [(1, 1), (0, 1), (0, 1), (1, 2), (0, 2), (0, 2)]
    asked = filed.case.events.filter(kind="secret_link")
    assert [event.data for event in asked] == [{}, {}]


def test_strangers_who_know_the_reference_alone_cannot_keep_its_owner_from_the_mail(
    filed: filing.Filed, counted: None
) -> None:
    for guess in range(12):
        email = f"guess{guess}@example.org"
        assert ask(filed.case, email, address=f"192.0.2.{guess}").status_code == 200
    assert not mailed("track/new")
    assert filed.case.events.filter(kind="secret_link").count() == 1
    assert ask(filed.case).status_code == 200
    first = mailed("track/new")
    assert first
    assert ask(filed.case).status_code == 200
    assert mailed("track/new") != first
    assert filed.case.events.filter(kind="secret_link").count() == 1
    assert not LostSecret.objects.exists()


def test_asking_again_while_the_mail_cannot_be_sent_owes_it_once(filed: filing.Filed) -> None:
    for _time in range(3):
        ask(filed.case)
        sweep()
    assert Outbox.objects.filter(letter="secret_link").count() == 1
    assert mailed("track/new")


def test_only_a_link_that_was_mailed_and_a_post_prove_the_address(agency: Agency) -> None:
    new = filing.file(SAID)
    reader().get(mailed("c"))
    by_secret = f"/c/{links.visit_for(new.case)}/"
    assert "Is this your e-mail address?" not in reader().get(by_secret).text
    reader().post(f"{by_secret}verify/")
    reader().post(f"{by_secret}message/", {"text": "Masih mati."})
    ask(new.case)
    assert not mailed("track/new")


def test_any_act_by_the_mailed_link_proves_it(agency: Agency) -> None:
    new = filing.file(SAID)
    reader().post(f"{mailed('c')}message/", {"text": "Masih mati."})
    ask(new.case)
    assert mailed("track/new")


def test_a_link_ends_after_a_day_and_with_the_next_one(filed: filing.Filed) -> None:
    ask(filed.case)
    first = mailed("track/new")
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        ask(filed.case)
        second = mailed("track/new")
    assert first != second
    assert reader().post(first).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(hours=26), tick=False):
        assert reader().get(second).status_code == 404
        assert reader().post(second).status_code == 404
    assert opens(filed.case, filed.secret)


def test_the_key_is_kept_as_a_digest_and_opens_nothing_else(filed: filing.Filed) -> None:
    ask(filed.case)
    key = mailed("track/new").split("/")[3]
    assert key not in SecretKey.objects.get().token_digest
    for path in (f"/c/{key}/", f"/complain/receipt/{key}/", "/track/new/forged/"):
        assert reader().get(path).status_code == 404
    token = links.link_for(filed.case)
    reader().post(f"/c/{token}/new_secret/", {"token": key})
    assert opens(filed.case, filed.secret)


def test_looking_at_the_pages_changes_nothing(filed: filing.Filed) -> None:
    ask(filed.case)
    path = mailed("track/new")
    before = everything_kept()
    for each in (path, LOST, f"{LOST}?asked"):
        assert reader().get(each).status_code == 200
        reader().head(each)
    assert everything_kept() == before


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"email": "bukan-alamat"}, "email"),
        ({"email": ""}, "email"),
        ({"reference": ""}, "reference"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_asks_nothing(
    filed: filing.Filed, said: dict[str, str], field: str
) -> None:
    answer = ask(filed.case, **said)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert not LostSecret.objects.exists()


def test_it_is_slowed_for_what_is_asked_again_known_or_not_and_keeps_what_was_typed(
    filed: filing.Filed, counted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Throttle("lost", 20, {**limits.LOST.paces, "both": Pace(2, 3600, first=60, longest=60)})
    monkeypatch.setattr("workflows.lost.LOST", slow)
    for case in (filed.case, Case(reference="26-7K3M9QE")):
        # The pause begins with the knock after the free ones.
        answers = [ask(case) for _knock in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert answers[-1]["Retry-After"]
        assert case.reference in answers[-1].text
        assert "The right reference and secret open your complaint" in answers[-1].text


def test_receipts_of_the_old_secret_show_nothing_any_more(agency: Agency) -> None:
    new = filing.file(SAID, token="a-token-of-the-form")
    reader().post(f"{mailed('c')}verify/")
    ask(new.case)
    reader().post(mailed("track/new"))
    assert not SECRET.search(reader().get("/complain/receipt/a-token-of-the-form/").text)
    assert Receipt.objects.filter(anew=True).count() == 1
