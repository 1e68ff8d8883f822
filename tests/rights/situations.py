"""Cases in each relation to those who ask, and who sees them: written by hand from the design."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from accounts import api_keys
from accounts.models import Membership, User
from accounts.rights import Role
from casework import uploads
from casework.models import Case
from tests.agency import PEOPLE, Agency, citizen, do, walk
from tests.portal.test_answers import with_file
from tests.portal.test_published import WORDS

ROLES = (*PEOPLE, "leader", "anonymous")
#: Whoever handles cases of some unit.
HANDLERS = {"intake", "officer", "officer2", "supervisor", "head", "roads_officer"}
_WATER = {"officer", "officer2", "supervisor", "head", "quality", "auditor"}

#: Who sees a case, by situation. The restricted one: its supervisor alone is cleared.
SEEN = {
    "in triage": {"intake", "head", "quality", "auditor"},
    "of the water unit": _WATER,
    "of the roads unit": {"roads_officer", "head", "quality", "auditor"},
    "restricted": {"supervisor", "auditor"},
    "about whoever asks": set(),
    "about intake, in triage": {"head", "quality", "auditor"},
    "about the water unit": {"head", "quality", "auditor"},
    "published": _WATER,
    "of a withheld name": _WATER,
}
#: Who may look at a withheld name, and at the scans that prove it.
IDENTITY_OFFICER = "officer2"


def sees(who: str, situation: str) -> bool:
    return who in SEEN[situation]


def handles(who: str, situation: str) -> bool:
    """Sees the case, and is of those who may write notes on it."""
    return sees(who, situation) and who in HANDLERS


def looks(who: str, situation: str) -> bool:
    """Whether a withheld name is theirs to look at."""
    return situation == "of a withheld name" and who == IDENTITY_OFFICER


def opens_proof(who: str, situation: str) -> bool:
    """The scan of a proof is for whoever handles the case, and who audits that there is one."""
    if situation == "of a withheld name":
        return looks(who, situation)
    return handles(who, situation) or (sees(who, situation) and who == "auditor")


def build(agency: Agency, situation: str, who: str) -> Case:
    """The case, with a file in its history that the complainant sent, and the scan of a proof."""
    case = _walked(agency, situation)
    case = with_file(case, "message", citizen(case), "foto", text="Ini fotonya.")
    uploads.stage(SimpleUploadedFile("surat.txt", b"halo warga"), "token-surat")
    told = {"text": "Masih mati.", "channel": "letter", "proof": "Surat bertanda tangan."}
    case = do(case, "heard", agency.head, **told, proof_upload="token-surat")
    change = _CHANGES.get(situation)
    if change:
        Case.objects.filter(pk=case.pk).update(**change(agency, who))
    return Case.objects.get(pk=case.pk)


def _walked(agency: Agency, situation: str) -> Case:
    if "triage" in situation:
        return walk(agency, "triage")
    identity = "withheld" if situation == "of a withheld name" else "named"
    case = walk(agency, "work", identity=identity)
    if situation == "of the roads unit":
        return do(case, "transfer", agency.supervisor, unit="roads")
    if situation == "published":
        return do(case, "publish", agency.supervisor, **WORDS)
    if situation == "restricted":
        Membership.objects.filter(user=agency.supervisor).update(handles_restricted=True)
    return case


def _about_whoever_asks(agency: Agency, who: str) -> dict[str, object]:
    return {"about_people": list(User.objects.filter(username=who).values_list("pk", flat=True))}


_CHANGES: dict[str, Callable[[Agency, str], dict[str, object]]] = {
    "restricted": lambda agency, who: {"restricted": True},
    "about whoever asks": _about_whoever_asks,
    "about intake, in triage": lambda agency, who: {"about_people": [agency.intake.pk]},
    "about the water unit": lambda agency, who: {"about_unit": agency.water},
}


def people(agency: Agency) -> None:
    """The agency's people, one an identity officer, and a leader, who reads figures and no case."""
    Membership.objects.filter(user__username=IDENTITY_OFFICER).update(identity_officer=True)
    leader = User.objects.create(username="leader")
    Membership.objects.create(user=leader, unit=agency.root, role=Role.LEADER)


def browser(who: str) -> Client:
    client = Client()
    if who != "anonymous":
        client.force_login(User.objects.get(username=who))
    return client


def program(who: str) -> APIClient:
    client = APIClient()
    if who != "anonymous":
        key = api_keys.issue("test", "rest", User.objects.get(username=who))
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    return client
