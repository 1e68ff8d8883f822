"""The ledger beside the records: what was lost, what is there twice, what is half."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from casework.models import Attachment, Case, Event
from casework.sealing import same_secret
from drill.ledger import Answer, Complaint, Deed, Ledger

#: Case, kind, words.
_Key = tuple[str, str, str]


@dataclass
class Verdict:
    """Sentences by what they say; all empty where all is well."""

    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.lost or self.half or self.doubled)


def judge(ledger: Ledger) -> Verdict:
    """Look for everything that was accepted; asked while nobody works on the records."""
    verdict = Verdict()
    _complaints(ledger.complaints, verdict)
    _deeds(ledger.deeds, verdict)
    _due(ledger.due, verdict)
    return verdict


def _complaints(complaints: Iterable[Complaint], verdict: Verdict) -> None:
    found: dict[str, list[Case]] = defaultdict(list)
    for case in Case.objects.all():
        found[case.text].append(case)
    files = _files_by_case()
    for complaint in complaints:
        cases = found[complaint.words]
        if len(cases) > 1:
            verdict.doubled.append(f"{len(cases)} cases of one complaint: {complaint.words}")
        elif complaint.answer is Answer.ACCEPTED:
            _accepted(complaint, cases, files, verdict)
        elif complaint.answer is Answer.REFUSED and cases:
            verdict.half.append(f"refused, and filed as {cases[0].reference}")


def _accepted(
    complaint: Complaint, cases: list[Case], files: dict[str, set[str]], verdict: Verdict
) -> None:
    case = next(iter(cases), None)
    if case is None or (complaint.reference and case.reference != complaint.reference):
        verdict.lost.append(f"no case {complaint.reference}: {complaint.words}")
        return
    if complaint.secret and not same_secret(complaint.secret, case.secret_digest):
        verdict.lost.append(f"{case.reference}: the secret does not open it")
    if missing := set(complaint.files) - files[case.reference]:
        verdict.lost.append(f"{case.reference}: without the files {missing}")


def _deeds(deeds: Iterable[Deed], verdict: Verdict) -> None:
    """As many events as acts were accepted, and at most those more whose end nobody knows."""
    there, numbers = _events()
    accepted: Counter[_Key] = Counter()
    possible: Counter[_Key] = Counter()
    files = _files_by_case()
    for deed in deeds:
        key = (deed.reference, deed.kind, deed.words)
        accepted[key] += deed.answer is Answer.ACCEPTED
        possible[key] += deed.answer is not Answer.REFUSED
        if deed.answer is not Answer.ACCEPTED:
            continue
        if deed.event and numbers.get(deed.event) != key[:2]:
            verdict.lost.append(f"event {deed.event} of {deed.reference}: {deed.kind}")
        if missing := set(deed.files) - files[deed.reference]:
            verdict.lost.append(f"{deed.reference} {deed.kind}: without the files {missing}")
    for key in accepted:
        if there[key] < accepted[key]:
            verdict.lost.append(f"{accepted[key]} accepted, {there[key]} there: {key}")
        if there[key] > possible[key]:
            which = verdict.doubled if possible[key] else verdict.half
            which.append(f"{possible[key]} can be there, {there[key]} are: {key}")


def _due(due: Iterable[str], verdict: Verdict) -> None:
    """Time took each of these once."""
    taken = Counter(
        Event.objects.filter(kind="timeout", case__reference__in=list(due)).values_list(
            "case__reference", flat=True
        )
    )
    for reference in due:
        if not taken[reference]:
            verdict.lost.append(f"{reference}: time did not act")
        if taken[reference] > 1:
            verdict.doubled.append(f"{reference}: time acted {taken[reference]} times")


def _events() -> tuple[Counter[_Key], dict[int, tuple[str, str]]]:
    """How many events say what, or anything, and the case and kind of each by its id."""
    there: Counter[_Key] = Counter()
    numbers: dict[int, tuple[str, str]] = {}
    rows = Event.objects.values_list("pk", "case__reference", "kind", "body__text")
    for pk, reference, kind, text in rows.iterator():
        there[reference, kind, ""] += 1
        if text:
            there[reference, kind, text] += 1
        numbers[pk] = (reference, kind)
    return there, numbers


def _files_by_case() -> dict[str, set[str]]:
    files: dict[str, set[str]] = defaultdict(set)
    for reference, digest in Attachment.objects.exclude(case=None).values_list(
        "case__reference", "sha256"
    ):
        files[reference].add(digest)
    return files
