"""The button that takes the next case."""

from django.test import Client

from accounts.models import User
from tests.agency import Agency, file_case


def signed_in(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username=name))
    return client


def test_a_press_takes_the_next_case_and_opens_it(agency: Agency) -> None:
    case = file_case()
    client = signed_in("intake")
    assert "Take the next case" in client.get("/desk/").content.decode()
    page = client.post("/desk/next/", follow=True)
    assert page.redirect_chain == [(f"/desk/cases/{case.reference}/", 302)]
    assert f"{case.reference} is yours now." in page.content.decode()
    case.refresh_from_db()
    assert case.assignee == agency.intake


def test_looking_takes_nothing_and_says_whether_one_waits(agency: Agency) -> None:
    client = signed_in("intake")
    assert "Nothing waits to be taken" in client.get("/desk/next/").content.decode()
    case = file_case()
    assert "A case waits" in client.get("/desk/next/").content.decode()
    case.refresh_from_db()
    assert case.assignee is None


def test_a_press_where_nothing_waits_says_so(agency: Agency) -> None:
    page = signed_in("officer").post("/desk/next/", follow=True)
    assert page.redirect_chain == [("/desk/next/", 302)]
    assert "Nothing waits to be taken" in page.content.decode()


def test_who_handles_no_cases_has_no_such_page(agency: Agency) -> None:
    for name in ("auditor", "quality", "administrator"):
        client = signed_in(name)
        assert client.post("/desk/next/").status_code == 404
        assert "Take the next case" not in client.get("/desk/").content.decode()
