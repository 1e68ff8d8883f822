"""A withheld identity: shown to identity officers, each time for a reason that is logged."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api import documents, shapes
from api.documents import OF_A_BODY, problems
from api.endpoint import REFERENCE, Endpoint, body_of, caller
from casework.access import NoSuchCase, can_look_at_identity, visible_case
from casework.access_log import LONGEST, SHORTEST_REASON, log_reason
from casework.models import Looked


class Reason(serializers.Serializer):
    reason = serializers.CharField(
        min_length=SHORTEST_REASON, max_length=LONGEST, help_text="The auditor reads it."
    )


class WithheldIdentity(Endpoint):
    @extend_schema(
        operation_id="look_at_identity",
        parameters=[REFERENCE],
        request={"application/json": Reason},
        responses={
            200: documents.Contacts,
            **problems(*OF_A_BODY, "unauthenticated", "not-found", "invalid"),
        },
    )
    def post(self, request: Request, reference: str) -> Response:
        """Look at a withheld name and its contacts."""
        case = visible_case(caller(request), reference, "complainant", "unit")
        if not can_look_at_identity(caller(request), case):
            raise NoSuchCase(reference)
        asked = Reason(data=body_of(request))
        asked.is_valid(raise_exception=True)
        log_reason(caller(request), Looked.IDENTITY, case, asked.validated_data["reason"])
        return Response(shapes.contacts(case))
