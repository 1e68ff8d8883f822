"""Signing in: what the page says, who has to wait, and how long a session lives."""

import pytest
from django.test import Client

from accounts import one_time, sign_in
from accounts.throttles import Pace, Throttle
from tests.agency import Agency
from tests.office import PASSWORD

LOGIN = "/accounts/login/"
WRONG = "salah"
SAID = {
    "en": "User name or password is wrong. Mind capital letters.",
    "id": "Nama pengguna atau kata sandi salah. Perhatikan huruf besar dan kecil.",
}


@pytest.mark.parametrize("name", ["officer", "nobody"])
@pytest.mark.parametrize("language", SAID)
def test_what_was_wrong_is_not_named(agency: Agency, language: str, name: str) -> None:
    client = Client(headers={"accept-language": language})
    answer = client.post(LOGIN, {"username": name, "password": "salah"})
    assert SAID[language] in answer.content.decode()


@pytest.fixture
def strict(counted: None, monkeypatch: pytest.MonkeyPatch) -> None:
    paces = {
        "address": Pace(6, 3600, first=60, longest=600),
        "name": Pace(2, 3600, first=60, longest=600),
        "device": Pace(2, 3600, first=60, longest=600),
    }
    monkeypatch.setattr(sign_in, "SIGN_IN", Throttle("sign-in", 1000, paces))


def browser(address: str = "198.51.100.7") -> Client:
    return Client(REMOTE_ADDR=address, headers={"accept-language": "en"})


def attempt(client: Client, name: str, password: str = WRONG) -> int:
    return client.post(LOGIN, {"username": name, "password": password}).status_code


@pytest.mark.parametrize("name", ["officer", "nobody"])
def test_after_wrong_passwords_even_the_right_one_waits_for_known_and_unknown_alike(
    agency: Agency, strict: None, name: str
) -> None:
    tried = [attempt(browser(f"198.51.100.{n}"), name) for n in range(3)]
    assert tried == [200, 200, 200]
    answer = browser("198.51.100.9").post(LOGIN, {"username": name, "password": PASSWORD})
    assert answer.status_code == 429 and 0 < int(answer["Retry-After"]) <= 60
    page = answer.content.decode()
    assert f'value="{name}"' in page and "Please try again in one minute" in page
    assert PASSWORD not in page


def test_one_address_that_tries_many_names_waits_and_another_does_not(
    agency: Agency, strict: None
) -> None:
    tried = [attempt(browser(), f"name{n}") for n in range(8)]
    assert tried == [200] * 7 + [429]
    assert attempt(browser("198.51.100.8"), "name9") == 200


def test_a_stranger_does_not_lock_out_whoever_signed_in_with_this_browser_before(
    agency: Agency, strict: None
) -> None:
    own = browser()
    assert attempt(own, "officer", PASSWORD) == 302
    own.cookies.pop("sessionid")
    for _try in range(9):
        attempt(browser(), "officer")
    assert attempt(browser(), "officer", PASSWORD) == 429
    assert attempt(own, "officer", PASSWORD) == 302


def test_the_lane_of_a_browser_is_slowed_as_well_and_opens_for_no_other_name(
    agency: Agency, strict: None
) -> None:
    own = browser()
    attempt(own, "officer", PASSWORD)
    own.cookies.pop("sessionid")
    assert [attempt(own, "officer") for _try in range(4)] == [200, 200, 200, 429]
    for _try in range(3):
        attempt(own, "supervisor")
    assert attempt(own, "supervisor", PASSWORD) == 429


def test_a_forged_device_is_a_stranger(agency: Agency, strict: None) -> None:
    forged = browser()
    forged.cookies["device"] = "eyJpZCI6IngiLCJwZW9wbGUiOlsib2ZmaWNlciJdfQ:1a:forged"
    for _try in range(3):
        attempt(browser(), "officer")
    assert attempt(forged, "officer", PASSWORD) == 429


def test_a_one_time_link_is_the_way_in_past_a_stranger(agency: Agency, strict: None) -> None:
    for _try in range(9):
        attempt(browser(), "officer")
    own = browser()
    page = own.get(one_time.link_for(agency.officer), follow=True)
    new = {"new_password1": "sebuah sandi baru", "new_password2": "sebuah sandi baru"}
    assert own.post(page.redirect_chain[-1][0], new).status_code == 302
    assert attempt(own, "officer", "sebuah sandi baru") == 302


def test_several_people_share_the_computer_of_a_counter(agency: Agency, strict: None) -> None:
    own = browser()
    for name in ("officer", "supervisor"):
        assert attempt(own, name, PASSWORD) == 302
        own.cookies.pop("sessionid")
    for _try in range(9):
        attempt(browser(), "officer")
    assert attempt(own, "officer", PASSWORD) == 302


def test_the_session_changes_its_name_on_signing_in(agency: Agency) -> None:
    client = browser()
    client.get(LOGIN)
    session = client.session
    session["before"] = "planted"
    session.save()
    planted = client.cookies["sessionid"].value
    assert attempt(client, "officer", PASSWORD) == 302
    assert client.cookies["sessionid"].value != planted


def test_a_new_password_ends_every_session_of_the_old_one(agency: Agency) -> None:
    client = browser()
    attempt(client, "officer", PASSWORD)
    assert client.get("/desk/").status_code == 200
    own = browser("198.51.100.8")
    agency.officer.refresh_from_db()
    page = own.get(one_time.link_for(agency.officer), follow=True)
    new = {"new_password1": "sebuah sandi baru", "new_password2": "sebuah sandi baru"}
    own.post(page.redirect_chain[-1][0], new)
    assert client.get("/desk/").status_code == 302
