"""What the complainant may read of their case, and do on it: for reference and secret."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.throttles import address_of
from api import documents, shapes
from api.documents import OF_A_BODY, problems
from api.endpoint import OPTIONAL_KEY, Endpoint, body_of
from api.examples import TRACKED_ACTING, TRACKING
from api.filing import staged
from api.payloads import CitizenDeed, CitizenDeedWithFiles
from casework import tracking
from casework.actors import CitizenActor
from casework.limits import count_files
from casework.models import Case
from workflows.actions import act, acts_for
from workflows.errors import Stale

_REFUSALS = (*OF_A_BODY, "unauthenticated", "not-found", "invalid", "throttled")


class Track(Endpoint):
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="track_case",
        request={"application/json": documents.Tracking},
        responses={200: documents.TrackedCase, **problems(*_REFUSALS)},
        examples=TRACKING,
        auth=OPTIONAL_KEY,
    )
    def post(self, request: Request) -> Response:
        """Status, public timeline and what the complainant can do, for reference and secret."""
        asked = documents.Tracking(data=body_of(request))
        asked.is_valid(raise_exception=True)
        return Response(shapes.tracked(_found(request, asked.validated_data)))


class TrackedActions(Endpoint):
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="act_as_complainant",
        request={
            "application/json": CitizenDeed,
            "multipart/form-data": CitizenDeedWithFiles,
        },
        responses={
            200: documents.TrackedCase,
            **problems(*_REFUSALS, "forbidden", "stale", "unlawful"),
        },
        examples=TRACKED_ACTING,
        auth=OPTIONAL_KEY,
    )
    def post(self, request: Request) -> Response:
        """Do what the complainant can do, for reference and secret; gives the case as it now is."""
        payload = body_of(request, "files")
        deed = CitizenDeed(data=payload)
        deed.is_valid(raise_exception=True)
        case = _found(request, deed.validated_data)
        said = {key: value for key, value in payload.items() if key not in deed.fields}
        name, seen = deed.validated_data["action"], deed.validated_data.get("seen")
        files = _files(request, case, name)
        with staged(files, sender=address_of(request)) as upload:
            try:
                done = act(
                    case, name, CitizenActor(case.pk), seen=seen, **said | {"upload": upload}
                )
            except Stale:
                raise Stale([]) from None  # who of the staff did what is not theirs to read
        return Response(shapes.tracked(done.case))


def _found(request: Request, said: dict) -> Case:
    return tracking.find(said["reference"], said["secret"], address=address_of(request))


def _files(request: Request, case: Case, name: str) -> list:
    """The files that came, where the act is lawful. Raises `TooMany`."""
    files = request.FILES.getlist("files")
    if not files or name not in acts_for(case, CitizenActor(case.pk)):
        return []
    count_files(files, address_of(request), case=str(case.pk))
    return files
