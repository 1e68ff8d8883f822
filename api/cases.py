"""Cases: file, list, read, act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api import documents, etags, shapes
from api.documents import OF_A_BODY, problems
from api.endpoint import FILE_FIELDS, OPTIONAL_KEY, REFERENCE, Endpoint, body_of, caller
from api.examples import ACTING, FILING
from api.filing import IDEMPOTENCY_KEY, file_from, staged
from api.filters import Filters
from api.pages import page
from api.payloads import Deed, DeedWithFiles
from casework import timeline
from casework.access import visible_case
from casework.access_log import log_export
from workflows.actions import act, acts_for, form_for
from workflows.errors import Invalid

UNSEEN = problems("unauthenticated", "not-found")
RELATED = (
    "unit",
    "category",
    "service",
    "complainant",
    "assignee",
    "active_task",
    "about_unit",
)


class Cases(Endpoint):
    """Filing is open to all; the list needs a key."""

    def get_permissions(self) -> list:
        return [AllowAny() if self.request.method == "POST" else IsAuthenticated()]

    @extend_schema(
        operation_id="file_case",
        request={
            "application/json": documents.Complaint,
            "multipart/form-data": documents.ComplaintWithFiles,
        },
        parameters=[IDEMPOTENCY_KEY],
        responses={
            201: documents.ReceiptDocument,
            **problems(*OF_A_BODY, "unauthenticated", "invalid", "key-reused", "throttled"),
        },
        examples=FILING,
        auth=OPTIONAL_KEY,
    )
    def post(self, request: Request) -> Response:
        """File a complaint."""
        filed = file_from(request, body_of(request, "files"))
        return Response(shapes.receipt(filed), status=201)

    @extend_schema(
        operation_id="list_cases",
        parameters=[Filters],
        responses={200: documents.CasePage, **problems("unauthenticated", "invalid")},
    )
    def get(self, request: Request) -> Response:
        """The cases that the key's person may see, the newest first."""
        filters = Filters(data=request.query_params.dict())
        filters.is_valid(raise_exception=True)
        log_export(caller(request), request.query_params.urlencode())
        return Response(page(request.user, filters.validated_data, request.query_params))


class OneCase(Endpoint):
    @extend_schema(
        operation_id="read_case",
        parameters=[REFERENCE, *etags.PARAMETERS],
        responses={200: documents.WholeCase, **etags.NOT_MODIFIED, **UNSEEN},
    )
    def get(self, request: Request, reference: str) -> Response:
        """A case, and what may be done with it now."""
        case = visible_case(caller(request), reference, *RELATED)
        clocks = shapes.clocks(case)
        tag = etags.etag(case, caller(request), clocks)
        return etags.not_modified(request, tag) or Response(
            shapes.whole(case, caller(request), clocks), headers={"ETag": tag}
        )


class Timeline(Endpoint):
    @extend_schema(
        operation_id="read_timeline",
        parameters=[REFERENCE, *etags.PARAMETERS],
        responses={200: documents.StaffEvent(many=True), **etags.NOT_MODIFIED, **UNSEEN},
    )
    def get(self, request: Request, reference: str) -> Response:
        """Everything that happened, the newest first."""
        case = visible_case(caller(request), reference)
        tag = etags.etag(case, caller(request))
        return etags.not_modified(request, tag) or Response(
            [shapes.staff_entry(e, caller(request)) for e in timeline.shown_to_staff(case)],
            headers={"ETag": tag},
        )


class Actions(Endpoint):
    @extend_schema(
        operation_id="act_on_case",
        parameters=[REFERENCE],
        request={
            "application/json": Deed,
            "multipart/form-data": DeedWithFiles,
        },
        responses={
            200: documents.DoneDocument,
            **UNSEEN,
            **problems(*OF_A_BODY, "forbidden", "stale", "invalid", "unlawful"),
        },
        examples=ACTING,
    )
    def post(self, request: Request, reference: str) -> Response:
        """Do one action on a case: an exit of its stage, or a verb."""
        case = visible_case(caller(request), reference, *RELATED)
        payload = body_of(request, *FILE_FIELDS)
        deed = Deed(data=payload)
        deed.is_valid(raise_exception=True)
        said = {key: value for key, value in payload.items() if key not in deed.fields}
        name, seen = deed.validated_data["action"], deed.validated_data.get("seen")
        lawful = name in acts_for(case, caller(request))
        files, proofs = (request.FILES.getlist(each) if lawful else [] for each in FILE_FIELDS)
        if files or proofs:
            _refuse_untaken(form_for(case, name, caller(request)).fields, files, proofs)
        with staged(files) as upload, staged(proofs, "proof_files") as proof:
            said |= {"upload": upload, "proof_upload": proof}
            done = act(case, name, caller(request), seen=seen, **said)
        return Response(shapes.outcome(done))


def _refuse_untaken(fields: Mapping[str, Any], files: list[Any], proofs: list[Any]) -> None:
    """Raise `Invalid` for files of which the action would keep none."""
    refusals = {}
    if files and "upload" not in fields:
        refusals["files"] = [_("This action takes no files.")]
    if proofs and "proof_upload" not in fields:
        refusals["proof_files"] = [_("This action takes no proof.")]
    if refusals:
        raise Invalid(refusals)
