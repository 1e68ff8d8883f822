"""What every address answers to whom. An address that is not here fails the test.

Keys are routes as Django's resolver writes them. Of a row: the arguments of the route, the
expected status for a person in a situation, and how it is asked.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from casework import links
from casework.models import Case
from tests.rights.improvement import IMPROVEMENT
from tests.rights.rows import Expected, Row, always, staff
from tests.rights.situations import HANDLERS, handles, looks, opens_proof, sees
from workflows import policies
from workflows.models import Pass, Policy


def desk(who: str, situation: str) -> int:
    if who == "anonymous":
        return 302
    return 200 if sees(who, situation) else 404


def desk_act(who: str, situation: str) -> int:
    """Who sees the case and may not act on it goes back to it."""
    found = desk(who, situation)
    return 302 if found == 200 and not handles(who, situation) else found


def desk_handled(who: str, situation: str) -> int:
    """For those who handle it alone: to others it is as if it were not there."""
    found = desk(who, situation)
    return 404 if found == 200 and not handles(who, situation) else found


def desk_looks(who: str, situation: str) -> int:
    found = desk(who, situation)
    return 404 if found == 200 and not looks(who, situation) else found


def desk_proof(who: str, situation: str) -> int:
    found = desk(who, situation)
    return 404 if found == 200 and not opens_proof(who, situation) else found


def key(status: int = 200) -> Expected:
    return lambda who, situation: 401 if who == "anonymous" else status


def api(who: str, situation: str) -> int:
    if who == "anonymous":
        return 401
    return 200 if sees(who, situation) else 404


def api_act(who: str, situation: str) -> int:
    found = api(who, situation)
    return 403 if found == 200 and not handles(who, situation) else found


def api_looks(who: str, situation: str) -> int:
    found = api(who, situation)
    return 404 if found == 200 and not looks(who, situation) else found


def api_proof(who: str, situation: str) -> int:
    found = api(who, situation)
    return 404 if found == 200 and not opens_proof(who, situation) else found


def published(who: str, situation: str) -> int:
    return 200 if situation == "published" else 404


def settings(status: int) -> Expected:
    return staff(status, "administrator")


def case(it: Case) -> dict[str, Any]:
    return {"reference": it.reference}


def file(it: Case) -> dict[str, Any]:
    return {"reference": it.reference, "pk": it.attachments.get(event__kind="message").pk}


def proof(it: Case) -> dict[str, Any]:
    return {"reference": it.reference, "pk": it.attachments.get(event__kind="proof").pk}


def note(it: Case) -> dict[str, Any]:
    return {"reference": it.reference, "name": "note"}


def policy(it: Case) -> dict[str, Any]:
    """Of a policy that is there, and a rule of it."""
    if not Policy.objects.exists():
        policies.install("id-sp4n", date(2026, 1, 1), None)
    return {"code": "id-sp4n", "rule_id": "aspiration"}


def background(it: Case) -> dict[str, Any]:
    return {"pk": Pass.objects.create(cause="calendar", at=timezone.now()).pk}


def link(it: Case, **more: Any) -> dict[str, Any]:
    return {"token": links.link_for(it), **more}


NOTE = {"action": "note", "text": "Sudah dicek di lapangan."}
#: Who reads by when things are due, and confirms on what basis; administrators alone change it.
SETTLERS = ("supervisor", "head", "administrator")
OVERSEERS = ("supervisor", "head", "quality", "auditor")
OUTBOX = ("supervisor", "head", "administrator")

TABLE: dict[str, Row] = {
    # For everybody
    "": Row(always(200)),
    "accessibility/": Row(always(200)),
    "healthz": Row(always(200)),
    "readyz": Row(always(200)),
    "metrics": Row(always(200)),
    "complain/": Row(always(200)),
    # Whoever holds the token of the form; without one there is nothing to ask for.
    "complain/pieces/": Row(always(400)),
    "complain/receipt/<str:token>/": Row(always(404), lambda it: {"token": "of-nobody"}),
    "offline/": Row(always(200)),
    "offline.js": Row(always(200)),
    "track/": Row(always(200)),
    "track/lost/": Row(always(200)),
    "track/new/<str:token>/": Row(always(404), lambda it: {"token": "of-nobody"}),
    "open/": Row(always(200)),
    "open/<str:reference>/": Row(published, case),
    "language/setlang/": Row(always(302), method="post", data={"language": "en"}),
    "accounts/login/": Row(lambda who, situation: 200 if who == "anonymous" else 302),
    "accounts/logout/": Row(always(405)),
    "accounts/set-password/<uidb64>/<token>/": Row(
        always(200), lambda it: {"uidb64": "MQ", "token": "of-nobody"}
    ),
    # Whoever holds the link of the complainant
    "c/<str:token>/": Row(always(200), link),
    "c/<str:token>/files/<int:pk>/": Row(always(200), lambda it: link(it, pk=file(it)["pk"])),
    "c/<str:token>/<slug:name>/": Row(always(200), lambda it: link(it, name="message")),
    # The desk
    "desk/": Row(staff(200)),
    "desk/file/": Row(staff(200, *HANDLERS)),
    "desk/visitor/": Row(staff(200, *HANDLERS)),
    # Of the clerk who filed it, for half an hour: nobody here did.
    "desk/receipts/<str:reference>/": Row(staff(404), case),
    "desk/emergency/": Row(staff(200, *HANDLERS)),
    "desk/supervise/": Row(staff(200, *OVERSEERS)),
    "desk/access-log/": Row(staff(200, "auditor")),
    "desk/next/": Row(staff(200, *HANDLERS)),
    "desk/keys/": Row(staff(200)),
    "desk/tray/": Row(staff(200)),
    "desk/tray/unread/": Row(staff(200)),
    "desk/tray/read/": Row(staff(302), method="post"),
    "desk/outbox/": Row(staff(200, *OUTBOX)),
    "desk/calendars/": Row(staff(200, *SETTLERS)),
    "desk/calendars/days/": Row(staff(200, *SETTLERS)),
    "desk/calendars/installation/": Row(staff(200, *SETTLERS)),
    "desk/calendars/installation/edit/": Row(staff(200, "administrator")),
    "desk/calendars/units/<slug:code>/": Row(staff(200, *SETTLERS), lambda it: {"code": "water"}),
    "desk/calendars/units/<slug:code>/edit/": Row(
        staff(200, "administrator"), lambda it: {"code": "water"}
    ),
    "desk/passes/<int:pk>/": Row(staff(200, *SETTLERS), background),
    "desk/policies/": Row(staff(200, *SETTLERS)),
    "desk/policies/new/": Row(staff(200, "administrator")),
    "desk/policies/<slug:code>/": Row(staff(200, *SETTLERS), policy),
    "desk/policies/<slug:code>/confirm/": Row(staff(302, *SETTLERS), policy, "post"),
    "desk/policies/<slug:code>/details/": Row(staff(200, "administrator"), policy),
    "desk/policies/<slug:code>/rules/": Row(staff(200, "administrator"), policy),
    "desk/policies/<slug:code>/rules/<slug:rule_id>/": Row(staff(200, "administrator"), policy),
    "desk/policies/<slug:code>/rules/<slug:rule_id>/move/": Row(
        staff(302, "administrator"), policy, "post"
    ),
    "desk/policies/<slug:code>/rules/<slug:rule_id>/end/": Row(staff(200, "administrator"), policy),
    "desk/cases/<str:reference>/": Row(desk, case),
    "desk/cases/<str:reference>/files/<int:pk>/": Row(desk, file),
    "desk/cases/<str:reference>/identity/": Row(desk_looks, case),
    "desk/cases/<str:reference>/similar/": Row(desk, case),
    "desk/cases/<str:reference>/letter/": Row(desk_handled, case),
    "desk/cases/<str:reference>/<slug:name>/": Row(desk_act, note),
    **IMPROVEMENT,
    # Programs
    "api/v1/cases/": Row(key(), program=True),
    "api/v1/cases/<str:reference>/": Row(api, case, program=True),
    "api/v1/cases/<str:reference>/timeline/": Row(api, case, program=True),
    "api/v1/cases/<str:reference>/files/<int:number>/": Row(
        api, lambda it: case(it) | {"number": file(it)["pk"]}, program=True
    ),
    "api/v1/cases/<str:reference>/actions/": Row(api_act, case, "post", NOTE, program=True),
    "api/v1/cases/<str:reference>/identity/": Row(
        api_looks, case, "post", {"reason": "Perlu menelepon."}, program=True
    ),
    "api/v1/track/": Row(
        always(404), method="post", data={"reference": "26-7K3M9QE", "secret": "1"}, program=True
    ),
    "api/v1/track/actions/": Row(
        always(404),
        method="post",
        data={"reference": "26-7K3M9QE", "secret": "1", "action": "message", "text": "Halo."},
        program=True,
    ),
    "api/v1/schema/": Row(always(200), program=True),
    "api/v1/docs/": Row(always(200), program=True),
    "api/v1/<path:rest>": Row(always(404), lambda it: {"rest": "nowhere"}, program=True),
}

#: The same addresses with the id of a scan that proves what was said.
PROOFS: dict[str, Row] = {
    "c/<str:token>/files/<int:pk>/": Row(always(404), lambda it: link(it, pk=proof(it)["pk"])),
    "desk/cases/<str:reference>/files/<int:pk>/": Row(desk_proof, proof),
    "api/v1/cases/<str:reference>/files/<int:number>/": Row(
        api_proof, lambda it: case(it) | {"number": proof(it)["pk"]}, program=True
    ),
}
