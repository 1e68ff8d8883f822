"""What the complainant may read of their case."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from api import documents, shapes
from api.documents import problems
from api.endpoint import OPTIONAL_KEY, Endpoint, body_of
from api.examples import TRACKING
from api.throttles import TrackingThrottle
from casework import tracking


class Track(Endpoint):
    permission_classes = (AllowAny,)
    throttle_classes = (TrackingThrottle,)

    @extend_schema(
        operation_id="track_case",
        request={"application/json": documents.Tracking},
        responses={
            200: documents.TrackedCase,
            **problems(
                "bad-request",
                "unauthenticated",
                "not-found",
                "too-large",
                "unsupported-media-type",
                "invalid",
                "throttled",
            ),
        },
        examples=TRACKING,
        auth=OPTIONAL_KEY,
    )
    def post(self, request: Request) -> Response:
        """Status and public timeline, for reference and secret."""
        asked = documents.Tracking(data=body_of(request))
        asked.is_valid(raise_exception=True)
        case = tracking.find(**asked.validated_data)
        return Response(shapes.tracked(case))
