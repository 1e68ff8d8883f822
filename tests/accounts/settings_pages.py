"""The settings as an administrator uses them: forms filled in, links followed."""

import re
from typing import Any

from django.test import Client

from accounts.models import Unit, User

PASSWORD = "jembatan-biru-97"
NO_ROLES = {
    "memberships-TOTAL_FORMS": "0",
    "memberships-INITIAL_FORMS": "0",
    "memberships-MIN_NUM_FORMS": "0",
    "memberships-MAX_NUM_FORMS": "1000",
}


def signed_in(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username=name))
    return client


def said_of(person: User, *roles: dict[str, Any], **said: Any) -> dict[str, Any]:
    """The form of a person: every field as it is, unless said otherwise; roles as in the form."""
    fields = ("username", "first_name", "last_name", "email", "language", "time_zone")
    form: dict[str, Any] = {name: getattr(person, name) for name in fields} | {"is_active": "on"}
    old = [role for role in roles if role.get("id")]
    form |= NO_ROLES | {
        "memberships-TOTAL_FORMS": str(len(roles)),
        "memberships-INITIAL_FORMS": str(len(old)),
    }
    for number, role in enumerate(roles):
        form |= {f"memberships-{number}-{name}": value for name, value in role.items()}
    return {name: value for name, value in (form | said).items() if value is not None}


def role_of(person: User, **said: Any) -> dict[str, Any]:
    row = person.memberships.get()
    return {"id": row.pk, "user": person.pk, "role": row.role, "unit": row.unit_id} | said


def change(client: Client, person: User, *roles: dict[str, Any], **said: Any):
    roles = roles or (role_of(person),)
    return client.post(f"/admin/accounts/user/{person.pk}/change/", said_of(person, *roles, **said))


def errors(answer) -> str:
    """What the page says is wrong; the empty string where it was taken."""
    found = re.findall(r'<ul class="errorlist.*?</ul>', answer.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(found)).split())


def change_unit(client: Client, unit: Unit, **said: Any):
    form = {"name": unit.name, "code": unit.code, "parent": unit.parent_id or ""}
    form |= {"time_zone": unit.time_zone, "active": "on"} | (
        {"receives": "on"} if unit.receives else {}
    )
    form = {name: value for name, value in (form | said).items() if value is not None}
    return client.post(f"/admin/accounts/unit/{unit.pk}/change/", form)


def one_time_link(page) -> str:
    link = re.search(
        r"http://localhost:8000(/accounts/set-password/[^<\s]+)", page.content.decode()
    )
    assert link, "the page shows no link"
    return link[1]


def come_in(link: str, name: str) -> Client:
    client = Client()
    form = client.get(link, follow=True).request["PATH_INFO"]
    client.post(form, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    said = {"username": name, "password": PASSWORD}
    assert client.post("/accounts/login/", said).status_code == 302
    return client
