"""A form that is sent again: what was said in it, and whether it brings anything more."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from casework import sealing, uploads
from casework.models import CONTACTS, Attachment, Case, Identity
from workflows import receipts
from workflows.forms.base import PayloadForm

#: What a form has beside words: the tokens of its files, and of its scans.
TOKENS = ("upload", "proof_upload")


def digest_of(said: Mapping[str, Any], *files: str) -> str:
    """What was said, whatever its order; only whoever has the key of the form can compare it.

    A contact that came although nobody is named is not even in the digest: it could be guessed.
    """
    dropped = CONTACTS if said.get("identity") == Identity.NONE else ()
    kept = {name: words for name, words in said.items() if name not in dropped}
    return sealing.digest("body", "\n".join([json.dumps(kept, sort_keys=True), *files]))


def words_in(form: PayloadForm) -> dict[str, str]:
    """What was typed and chosen, as it came: a catalogue may change before a form comes again."""
    came = {name: form.data.get(name) for name in form.fields if name not in TOKENS}
    typed = {name: "" if words is None else str(words).strip() for name, words in came.items()}
    return {name: words for name, words in typed.items() if words}


def brings_more(case: Case, payload: Mapping[str, Any]) -> bool:
    """Whether files wait under the tokens of a form that the case it filed does not have.

    They are compared by content: of those who stay without a name the case has numbers for names.
    """
    tokens = [token for name in TOKENS if (token := str(payload.get(name) or ""))]
    waiting = Attachment.objects.filter(upload_token__in=tokens, case=None)
    return waiting.exclude(sha256__in=case.attachments.values("sha256")).exists()


def worth_taking(files: Iterable[UploadedFile], token: str, upload: str) -> list[UploadedFile]:
    """Of the files that a page sends, those that are not there yet.

    A page that is loaded again sends a shrunk photo empty: it waits already, or went with the form.
    """
    there = {file.name for file in uploads.staged(upload)}
    gone = receipts.is_used(token)
    return [file for file in files if file.size or not (gone or file.name in there)]
