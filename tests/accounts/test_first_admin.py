"""The first administrator of an installation."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Unit, User
from accounts.rights import Role

PASSWORD = "jembatan-biru-97"


def first_admin(email: str = "nia@example.org") -> str:
    out = StringIO()
    call_command("first_admin", email, stdout=out)
    return out.getvalue().strip()


def path_of(link: str) -> str:
    return link.removeprefix("http://localhost:8000")


def test_an_empty_installation_gets_a_unit_and_an_administrator(db: None) -> None:
    assert first_admin().startswith("http://localhost:8000/accounts/set-password/")
    root, person = Unit.objects.get(), User.objects.get()
    assert (root.code, root.receives, root.parent) == ("agency", False, None)
    assert person.is_staff
    assert not person.is_superuser
    assert not person.has_usable_password()
    assert person.rights.has(Role.ADMINISTRATOR, root.pk)


def test_the_root_that_is_there_is_kept(agency) -> None:
    first_admin()
    person = User.objects.get(email="nia@example.org")
    assert person.rights.has(Role.ADMINISTRATOR, agency.root.pk)
    assert not Unit.objects.filter(code="agency").exists()


def test_the_link_sets_the_password_once(db: None, client: Client) -> None:
    link = path_of(first_admin())
    form = client.get(link, follow=True)
    assert 'name="new_password1"' in form.content.decode()
    said = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    done = client.post(form.request["PATH_INFO"], said)
    assert done.headers["Location"] == "/accounts/login/"
    assert client.login(username="nia@example.org", password=PASSWORD)

    again = Client().get(link, follow=True)
    assert "new_password1" not in again.content.decode()
    stranger = Client()
    stranger.post(link, {"new_password1": "x" * 12, "new_password2": "x" * 12})
    assert client.login(username="nia@example.org", password=PASSWORD)


@pytest.mark.parametrize("password", ["pendek", "1234567890", "nia@example.org"])
def test_a_weak_password_is_refused(db: None, client: Client, password: str) -> None:
    form = client.get(path_of(first_admin()), follow=True)
    said = {"new_password1": password, "new_password2": password}
    refused = client.post(form.request["PATH_INFO"], said)
    assert "ds-error-summary" in refused.content.decode()
    assert not User.objects.get().has_usable_password()


@pytest.mark.parametrize("link", ["x/y", "MQ/set-password", "%00/y", "99999999999999999999/y"])
def test_a_made_up_link_opens_nothing(db: None, client: Client, link: str) -> None:
    page = client.get(f"/accounts/set-password/{link}/")
    assert page.status_code == 200
    assert "new_password1" not in page.content.decode()


@pytest.mark.parametrize("email", ["", "nia", "nia@", "a" * 150 + "@example.org"])
def test_a_bad_address_is_refused_with_a_sentence(db: None, email: str) -> None:
    with pytest.raises(CommandError, match=r"address"):
        first_admin(email)
    assert not Unit.objects.exists()


def test_somebody_who_is_here_already_is_refused(db: None) -> None:
    first_admin()
    with pytest.raises(CommandError, match="here already"):
        first_admin("NIA@example.org")
    assert User.objects.count() == 1
