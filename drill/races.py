"""The race drills: several people at one thing from one moment on, over HTTP."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from accounts.models import User
from casework.links import link_for
from casework.models import Case
from casework.stages import Stage
from drill.installation import Installation
from drill.ledger import Answer, Complaint, Deed, Ledger, unique
from drill.line import Line
from drill.office import CHIEFS, CLERKS, CROWD, Office
from drill.sending import Sender
from workflows import filing
from workflows.actions import act

#: Who does what with which payload.
Step = tuple[str, str, dict[str, Any]]
#: What a race says when it went wrong.
Faults = list[str]


def at_once(jobs: Iterable[Callable[[], Any]]) -> list[Any]:
    """Run each job in a thread of its own from one moment on; what each returned or raised."""
    todo = list(jobs)
    came: list[Any] = [None] * len(todo)
    start = threading.Barrier(len(todo))

    def run(number: int, job: Callable[[], Any]) -> None:
        start.wait()
        try:
            came[number] = job()
        except Exception as error:  # noqa: BLE001 - whoever asked judges it
            came[number] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(todo)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


class Races:
    """Each public method but `all` is one race; it returns what went wrong."""

    def __init__(self, installation: Installation, office: Office, ledger: Ledger) -> None:
        self.installation, self.office, self.ledger = installation, office, ledger
        self.sender = Sender(office, ledger)

    def all(self) -> dict[str, Callable[[], Faults]]:
        """Every race by its name."""
        return {
            f"{CROWD} claim one case": self.claim,
            f"{CROWD} answer one case": self.respond,
            f"{CROWD} approve one answer": self.approve,
            f"{CROWD} confirm, dispute or withdraw, and time acts": self.end,
            "one form from 8 pages": self.one_form,
            "one key from 8 programs": self.one_key,
            "two cases merged into each other": self.merge,
            "two sweeps": self.sweep,
            "notes and messages on one case": self.storm,
            "acts and notes on one case": self.mixed,
            "a form sent 8 times": self.sent_again,
            f"{CROWD} assign one case": self.assign,
        }

    # One task, many people

    def claim(self) -> Faults:
        case = self._case("assign")
        return self._one_wins(case, "claim", CLERKS, lambda person: {})

    def assign(self) -> Faults:
        case = self._case("assign")
        return self._one_wins(case, "assigned", CHIEFS, lambda person: {"assignee": "officer"})

    def respond(self) -> Faults:
        case = self._case("work")
        return self._one_wins(case, "respond", CHIEFS, lambda person: {"text": unique("Selesai")})

    def approve(self) -> Faults:
        case = self._case("review")
        return self._one_wins(case, "approve", CHIEFS, lambda person: {})

    def _one_wins(
        self, case: Case, name: str, people: list[str], payload: Callable[[str], dict[str, str]]
    ) -> Faults:
        """One 200, and 409 for everybody else."""
        lines = [self.office.program(person) for person in people]
        seen = lines[0].get(f"/api/v1/cases/{case.reference}/").json["seen"]
        for line in lines[1:]:
            line.get("/healthz")  # the connection is there before the start
        path = f"/api/v1/cases/{case.reference}/actions/"

        def go(line: Line, said: dict[str, Any]) -> int:
            deed = self._deed(case, name, said)
            heard = line.once(path, json={"action": name, "seen": seen, **said})
            deed.answer = Answer.ACCEPTED if heard == 200 else Answer.REFUSED
            return heard

        jobs = [
            partial(go, line, payload(person)) for line, person in zip(lines, people, strict=True)
        ]
        return _unless(Counter(at_once(jobs)), {200: 1, 409: CROWD - 1})

    def end(self) -> Faults:
        """Several ends of one answer: one is on record."""
        case = self._case("confirm")
        before = Case.objects.values_list("last_event_id", flat=True).get(pk=case.pk)
        Case.objects.filter(pk=case.pk).update(timeout_at=timezone.now() - timedelta(seconds=1))
        link = f"/c/{link_for(case)}/"
        acts = ["confirm", "dispute", "withdraw"] * 2
        at_once(
            [
                *[partial(self._by_link, link, case, name) for name in acts],
                self._sweep,
            ]
        )
        ends = case.events.filter(pk__gt=before, data__left=Stage.CONFIRM).count()
        return [] if ends == 1 else [f"{ends} ends of one answer"]

    def _by_link(self, link: str, case: Case, name: str) -> None:
        payload: dict[str, Any] = {} if name == "confirm" else {"reason": unique("Sudah")}
        self.sender.act_by_link(link, case.reference, name, **payload)

    # One complaint, sent many times

    def one_form(self) -> Faults:
        said = self._complaint()
        with self.office.phone() as line:
            form = (line.form("/complain/") or {}) | said | {"step": "check", "go": "next"}
            cookies = line.cookies
        lines = [Line(self.office.site, cookies=cookies) for _number in range(CROWD)]
        came = at_once([partial(line.once, "/complain/", data=form) for line in lines])
        return _unless(Counter(came), {302: CROWD}) + self._filed_once(said["text"])

    def one_key(self) -> Faults:
        said, headers = self._complaint(), {"Idempotency-Key": unique("drill")}
        lines = [self.office.phone() for _number in range(CROWD)]
        came = at_once(
            [partial(line.post, "/api/v1/cases/", json=said, headers=headers) for line in lines]
        )
        answers = {(heard.json["reference"], heard.json["secret"]) for heard in came}
        told = [] if len(answers) == 1 else [f"{len(answers)} answers to one complaint"]
        return told + self._filed_once(said["text"])

    def _complaint(self) -> dict[str, str]:
        said = {"text": unique("Air mati sejak Senin."), "identity": "none"}
        self.ledger.complaints.append(Complaint(said["text"], Answer.ACCEPTED))
        return said

    def _filed_once(self, text: str) -> Faults:
        filed = Case.objects.filter(text=text).count()
        return [] if filed == 1 else [f"{filed} cases of one complaint"]

    # Several cases, several machines

    def merge(self) -> Faults:
        one, other = self._case("triage"), self._case("triage")
        came = at_once(
            [
                partial(self._merge, "intake", one, other),
                partial(self._merge, "head", other, one),
            ]
        )
        ends = list(Case.objects.filter(pk__in=[one.pk, other.pk]).values_list("stage", flat=True))
        merged = ends.count(Stage.MERGED)
        return [] if merged == 1 and came.count(200) == 1 else [f"answers {came}, stages {ends}"]

    def _merge(self, person: str, case: Case, into: Case) -> int:
        with self.office.program(person) as line:
            said = {"action": "merge", "into": into.reference, "seen": case.last_event_id}
            deed = self._deed(case, "merge", {})
            heard = line.once(f"/api/v1/cases/{case.reference}/actions/", json=said)
            deed.answer = Answer.ACCEPTED if heard == 200 else Answer.REFUSED
            return heard

    def sweep(self) -> Faults:
        cases = [self._case("wait_triage") for _number in range(CROWD)]
        past = timezone.now() - timedelta(seconds=1)
        Case.objects.filter(pk__in=[case.pk for case in cases]).update(timeout_at=past)
        self.ledger.due += [case.reference for case in cases]
        statuses = at_once([self._sweep, self._sweep])
        return _unless(Counter(statuses), {0: 2})

    def _sweep(self) -> int:
        return self.installation.start("sweep", "manage.py", "sweep").wait()

    # One case, much to say

    def storm(self) -> Faults:
        case = self._case("work")
        link = f"/c/{link_for(case)}/"
        return self._kept(
            case,
            [
                *[partial(self._note, person, case) for person in CHIEFS],
                *[partial(self._message, link, case) for _number in range(CROWD)],
            ],
        )

    def mixed(self) -> Faults:
        """A note hangs on nothing: it is kept, whatever happens to the case."""
        case = self._case("work")
        notes = [partial(self._note, person, case) for person in CLERKS]
        send, words = self.sender.act_by_key, unique("Selesai")
        answer = partial(send, "officer", case.reference, "respond", text=words)
        return self._kept(case, [*notes, answer])

    def sent_again(self) -> Faults:
        """The same words of the same person are one act."""
        case, words = self._case("work"), unique("Dicek")
        self.ledger.deeds.append(Deed(case.reference, "note", words, Answer.ACCEPTED))
        path = f"/api/v1/cases/{case.reference}/actions/"
        said = {"action": "note", "text": words}
        lines = [self.office.program("officer") for _number in range(CROWD)]
        came = at_once([partial(line.once, path, json=said) for line in lines])
        there = case.events.filter(kind="note").count()
        again = [] if there == 1 else [f"{there} notes of one"]
        return _unless(Counter(came), {200: CROWD}) + again

    def _kept(self, case: Case, jobs: list[Callable[[], Deed | None]]) -> Faults:
        """Nothing that was sent was refused; whether it is there, the verdict says.

        Who hung up and is told that somebody was faster was so themselves: they cannot know.
        """
        came = at_once(jobs)
        taken = (Answer.ACCEPTED, Answer.UNKNOWN)
        refused = [deed for deed in came if getattr(deed, "answer", None) not in taken]
        return [f"not accepted: {deed}" for deed in refused]

    def _note(self, person: str, case: Case) -> Deed:
        return self.sender.act_by_key(person, case.reference, "note", text=unique("Catatan"))

    def _message(self, link: str, case: Case) -> Deed | None:
        words = unique("Satu lagi")
        return self.sender.act_by_link(link, case.reference, "message", text=words)

    # Cases to race for

    def _case(self, stage: str) -> Case:
        """A fresh case, walked to a stage through the door."""
        said = {"text": unique("Air mati sejak Senin."), "identity": "none"}
        filed = filing.file(said)
        case = filed.case
        complaint = Complaint(said["text"], Answer.ACCEPTED, case.reference, filed.secret or "")
        self.ledger.complaints.append(complaint)
        for person, name, payload in _WAYS[stage]:
            payload = {"text": unique("Sudah")} if name in ("respond", "ask") else payload
            case = act(case, name, User.objects.get(username=person), **payload).case
            self._deed(case, name, payload).answer = Answer.ACCEPTED
        return case

    def _deed(self, case: Case, name: str, payload: dict[str, Any]) -> Deed:
        deed = Deed(case.reference, name, payload.get("text", ""))
        self.ledger.deeds.append(deed)
        return deed


_ACCEPT: Step = ("intake", "accept", {"category": "plain"})
_REVIEWED: Step = ("intake", "accept", {"category": "reviewed"})
_ASSIGNED: Step = ("supervisor", "assigned", {"assignee": "officer"})
_RESPOND: Step = ("officer", "respond", {})
_WAYS: dict[str, list[Step]] = {
    "triage": [],
    "wait_triage": [("intake", "ask", {})],
    "assign": [_ACCEPT],
    "work": [_ACCEPT, _ASSIGNED],
    "review": [_REVIEWED, _ASSIGNED, _RESPOND],
    "confirm": [_ACCEPT, _ASSIGNED, _RESPOND],
}


def _unless(came: Counter, wanted: dict[int, int]) -> Faults:
    return [] if came == Counter(wanted) else [f"answers {dict(came)}"]
