"""PDF: its pages in a new document. What a page shows stays; what acts, or tells of people, goes.

What stays is a list (`casework.cleaning.pages`), as what a PDF can carry is too much to list.
"""

from __future__ import annotations

import io
import re

import pikepdf
from pikepdf import Dictionary, Pdf, String

from casework.cleaning import Locked, Unfit
from casework.cleaning.layers import layers
from casework.cleaning.pages import keep_page
from casework.cleaning.walk import Walk

#: What reading something broken, or made to break a reader, may raise. None of it is ours to mend.
_FAULTS = (
    pikepdf.PikepdfError,
    MemoryError,
    RuntimeError,
    ValueError,
    TypeError,
    LookupError,
)


def clean(raw: bytes, kind: str = "application/pdf") -> bytes:
    """The same pages and nothing else. Raises `Unfit`, and `Locked` where a password is asked."""
    try:
        with pikepdf.open(io.BytesIO(raw)) as sent, Pdf.new() as kept:
            _copy(sent, kept)
            return _written(kept)
    except pikepdf.PasswordError as error:
        raise Locked from error
    except _FAULTS as error:
        raise Unfit from error


def _copy(sent: Pdf, kept: Pdf) -> None:
    """Put the pages into a document of ours; annotations and forms become part of the page."""
    if not len(sent.pages):
        raise Unfit
    form = sent.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and form.get("/NeedAppearances"):
        sent.generate_appearance_streams()
    sent.flatten_annotations("all")
    walk = Walk(kept)
    for page in sent.pages:
        kept.pages.append(page)
        keep_page(walk, kept.pages[-1])
    shown = sent.Root.get("/OCProperties")
    if isinstance(shown, Dictionary):
        copied = kept.copy_foreign(sent.make_indirect(shown))
        kept.Root.OCProperties = layers(walk, copied)
    if language := re.match(r"[A-Za-z]{2,3}\b", str(sent.Root.get("/Lang", ""))):
        kept.Root.Lang = String(language[0])


def _written(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, min_version="1.7", fix_metadata_version=False, deterministic_id=True)
    return out.getvalue()
