"""The files of a case."""

from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request

from api.documents import problems
from api.endpoint import REFERENCE, Endpoint, caller
from casework import contents, uploads
from casework.access import visible_case, visible_file

KINDS = (*contents.IMAGES, *contents.DOCUMENTS, *contents.SOUNDS, "text/plain")
NUMBER = OpenApiParameter(
    "number",
    OpenApiTypes.INT64,
    OpenApiParameter.PATH,
    description="The file's `id` in the timeline.",
)


class File(Endpoint):
    @extend_schema(
        operation_id="download_file",
        parameters=[REFERENCE, NUMBER],
        responses={
            (200, *KINDS): OpenApiResponse(OpenApiTypes.BINARY, "The file."),
            **problems("unauthenticated", "not-found"),
        },
    )
    def get(self, request: Request, reference: str, number: int) -> HttpResponse:
        """A file of the case, and of no other."""
        case = visible_case(caller(request), reference)
        return uploads.as_response(visible_file(caller(request), case, number))
