"""Filing and acting over HTTP as people and programs do, with every answer in the ledger."""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Any

from casework.pieces import SMALLEST
from drill.ledger import Answer, Complaint, Deed, Ledger, unique
from drill.line import Heard, Line, Silence
from drill.office import Office

_REFERENCE = re.compile(r"data-reference[^>]*>\s*([^<\s]+)\s*<")
_SECRET = re.compile(r"data-secret[^>]*>\s*([\d ]+?)\s*<")
_THANKS = "Thank you. We have it."


class Sender:
    """Sends for the people of an office and its citizens, and writes down what came of it."""

    def __init__(self, office: Office, ledger: Ledger) -> None:
        self.office, self.ledger = office, ledger

    # Complaints

    def file_by_program(self, said: dict[str, str], *, file: bool) -> Complaint:
        """POST to the REST interface under an Idempotency-Key."""
        complaint = Complaint(said["text"])
        self.ledger.complaints.append(complaint)
        content: dict[str, Any] = {"data": said} if file else {"json": said}
        if file:
            content["files"], complaint.files = _paper()
        headers = {"Idempotency-Key": secrets.token_urlsafe(24)}
        with self.office.phone() as line:
            heard = line.post("/api/v1/cases/", headers=headers, **content)
        if heard.status == 201:
            complaint.reference = heard.json["reference"]
            complaint.secret = heard.json["secret"] or ""
        return _settle(complaint, heard, heard.status == 201)

    def file_by_pages(self, said: dict[str, str], *, file: bool) -> Complaint:
        """The steps that matter: the files, the sending, the receipt."""
        complaint = Complaint(said["text"])
        self.ledger.complaints.append(complaint)
        with self.office.phone() as line:
            form = (line.form("/complain/") or {}) | said | {"go": "next"}
            if file:
                attach = secrets.choice((self._attach, self._attach_in_pieces))
                complaint.files = attach(line, form)
            heard = line.post("/complain/", data=form | {"step": "check"})
            if heard.status != 302:
                return _settle(complaint, heard, False)
            # From here on the citizen was told: the receipt only says it in figures.
            _settle(complaint, heard, True)
            complaint.reference, complaint.secret = _read(line.get(heard.location))
        return complaint

    def _attach(self, line: Line, form: dict[str, str]) -> tuple[str, ...]:
        """A file is on the form once the next step comes up."""
        files, digests = _paper()
        heard = line.post("/complain/", data=form | {"step": "files"}, files=files)
        return digests if heard.status == 200 else ()

    def _attach_in_pieces(self, line: Line, form: dict[str, str]) -> tuple[str, ...]:
        """The same as the browser does it; a piece that comes twice changes nothing."""
        content = unique("Keterangan " * (2 * SMALLEST // 11)).encode()
        named = {"Upload-Token": form["upload"], "Upload-Key": secrets.token_urlsafe(24)}
        named |= {"Upload-Length": f"{len(content)}", "Upload-Name": "surat.txt"}
        named["X-CSRFToken"] = form["csrfmiddlewaretoken"]
        so_far: dict[str, Any] = {"offset": 0}
        while "file" not in so_far:
            at = so_far["offset"]
            piece, where = content[at : at + SMALLEST], {"Upload-Offset": f"{at}"}
            heard = line.post("/complain/pieces/", headers=named | where, content=piece)
            if heard.status != 200:
                raise Silence(f"a piece of a file was refused: {heard.status} {heard.text}")
            so_far = heard.json
        return (hashlib.sha256(content).hexdigest(),)

    # Acts

    def act_by_key(
        self, person: str, reference: str, name: str, *, file: bool = False, **payload: str
    ) -> Deed:
        """POST to the REST interface, having looked at the case before."""
        with self.office.program(person) as line:
            case = line.get(f"/api/v1/cases/{reference}/")
            seen = case.json["seen"] if case.status == 200 else None
            return self.act_on(line, reference, name, seen, file=file, **payload)

    def act_on(
        self,
        line: Line,
        reference: str,
        name: str,
        seen: int | None,
        *,
        file: bool = False,
        **payload: str,
    ) -> Deed:
        """The same, as of the event that was seen last."""
        deed = self._begin(reference, name, payload)
        said: dict[str, Any] = {"action": name, **payload} | ({"seen": seen} if seen else {})
        content: dict[str, Any] = {"json": said}
        if file:
            files, deed.files = _paper()
            content = {"data": said, "files": files}
        heard = line.post(f"/api/v1/cases/{reference}/actions/", **content)
        if heard.status == 200:
            deed.event = heard.json["event"]
        return _settle(deed, heard, heard.status == 200)

    def act_at_desk(
        self, person: str, reference: str, name: str, *, file: bool = False, **payload: str
    ) -> Deed | None:
        """Through the page of the act; None where it leads elsewhere."""
        with self.office.desk(person) as line:
            return self._act_by_page(
                line, f"/desk/cases/{reference}/{name}/", reference, name, file, payload
            )

    def act_by_link(
        self, link: str, reference: str, name: str, *, file: bool = False, **payload: str
    ) -> Deed | None:
        """The citizen, through the link that tracking gave; None where it leads elsewhere."""
        with self.office.phone() as line:
            return self._act_by_page(line, f"{link}{name}/", reference, name, file, payload)

    def _act_by_page(
        self,
        line: Line,
        path: str,
        reference: str,
        name: str,
        file: bool,
        payload: dict[str, str],
    ) -> Deed | None:
        form = line.form(path)
        if form is None:
            return None
        deed = self._begin(reference, name, payload)
        content: dict[str, Any] = {"data": form | payload}
        if file:
            content["files"], deed.files = _paper()
        heard = line.post(path, **content)
        taken = heard.status == 302
        if taken and not deed.words and path.startswith("/c/"):
            # Without words a refusal leads back to the case too, and says so there.
            taken = _THANKS in line.get(heard.location).text
        return _settle(deed, heard, taken)

    def _begin(self, reference: str, name: str, payload: dict[str, str]) -> Deed:
        words = payload.get("text") or payload.get("reason") or ""
        deed = Deed(reference, name, words)
        self.ledger.deeds.append(deed)
        return deed

    def link_to(self, complaint: Complaint) -> str:
        """Where the secret leads; raises `Silence` where it opens nothing."""
        said = {"reference": complaint.reference, "secret": complaint.secret}
        with self.office.phone() as line:
            form = line.form("/track/") or {}
            heard = line.post("/track/", data=form | said)
        if heard.status != 302:
            raise Silence(f"the secret of {complaint.reference} opens nothing")
        return heard.location


def _settle(entry: Any, heard: Heard, accepted: bool) -> Any:
    """Write down the answer. A refusal after a lost answer tells nothing: it may be our own."""
    refused = Answer.REFUSED if heard.sure else Answer.UNKNOWN
    entry.answer = Answer.ACCEPTED if accepted else refused
    return entry


def _read(receipt: Heard) -> tuple[str, str]:
    """Reference and secret; raises `Silence` where it says neither."""
    reference, secret = _REFERENCE.search(receipt.text), _SECRET.search(receipt.text)
    if not (reference and secret):
        raise Silence(f"a receipt without reference and secret, with status {receipt.status}")
    return reference[1], secret[1].replace(" ", "")


def _paper() -> tuple[dict[str, Any], tuple[str, ...]]:
    """A small text file, as httpx sends it, and the digest of what will be kept of it."""
    content = unique("Keterangan tambahan").encode()
    files = {"files": ("surat.txt", content, "text/plain")}
    return files, (hashlib.sha256(content).hexdigest(),)
