"""Cases: file, list, read, act."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api import documents, shapes
from api.documents import problems
from api.endpoint import Endpoint, body_of, caller
from api.filing import IDEMPOTENCY_KEY, file_from, staged
from api.pages import page
from api.throttles import FilingThrottle
from casework import timeline
from casework.access import visible_case
from workflows.actions import act

RELATED = ("unit", "category", "service", "complainant", "assignee", "active_task")


class Cases(Endpoint):
    """Filing is open to all; the list needs a key."""

    def get_permissions(self) -> list:
        return [AllowAny() if self.request.method == "POST" else IsAuthenticated()]

    def get_throttles(self) -> list:
        return [FilingThrottle()] if self.request.method == "POST" else []

    @extend_schema(
        operation_id="file_case",
        request={
            "application/json": documents.Complaint,
            "multipart/form-data": documents.ComplaintWithFiles,
        },
        parameters=[IDEMPOTENCY_KEY],
        responses={201: documents.ReceiptDocument, **problems(400, 401, 413, 415, 422, 429)},
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """File a complaint."""
        filed = file_from(request, body_of(request))
        return Response(shapes.receipt(filed), status=201)

    @extend_schema(
        operation_id="list_cases",
        parameters=[documents.Filters],
        responses={200: documents.CasePage, **problems(401, 422)},
    )
    def get(self, request: Request) -> Response:
        """The cases that the key's person may see, the newest first."""
        filters = documents.Filters(data=request.query_params)
        filters.is_valid(raise_exception=True)
        return Response(page(request.user, filters.validated_data))


class OneCase(Endpoint):
    @extend_schema(
        operation_id="read_case",
        responses={200: documents.WholeCase, **problems(401, 404)},
    )
    def get(self, request: Request, reference: str) -> Response:
        """A case, and what may be done with it now."""
        case = visible_case(caller(request), reference, *RELATED)
        return Response(shapes.whole(case, caller(request)))


class Timeline(Endpoint):
    @extend_schema(
        operation_id="read_timeline",
        responses={200: documents.StaffEvent(many=True), **problems(401, 404)},
    )
    def get(self, request: Request, reference: str) -> Response:
        """Everything that happened, the newest first."""
        events = timeline.shown_to_staff(visible_case(caller(request), reference))
        return Response([shapes.staff_entry(event) for event in events])


class Actions(Endpoint):
    @extend_schema(
        operation_id="act_on_case",
        request={
            "application/json": {
                "type": "object",
                "properties": {
                    "action": {"type": "string"},
                    "seen": {"type": "integer", "nullable": True},
                },
                "required": ["action"],
                "additionalProperties": True,
            }
        },
        responses={
            200: documents.DoneDocument,
            **problems(400, 401, 403, 404, 409, 413, 415, 422),
        },
    )
    def post(self, request: Request, reference: str) -> Response:
        """Do one action on a case: an exit of its stage, or a verb."""
        case = visible_case(caller(request), reference, *RELATED)
        payload = body_of(request)
        deed = documents.Deed(data=payload)
        deed.is_valid(raise_exception=True)
        said = {key: value for key, value in payload.items() if key not in deed.fields}
        said["upload"] = staged(request.FILES.getlist("files"))
        asked = deed.validated_data
        done = act(case, asked["action"], caller(request), seen=asked.get("seen"), **said)
        return Response(shapes.outcome(done))
