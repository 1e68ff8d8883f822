"""What all endpoints share, and what answers where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.http import QueryDict
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.negotiation import BaseContentNegotiation, DefaultContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from workflows.errors import Invalid

#: Open to all; a key, where one comes, must be good.
OPTIONAL_KEY: list[Any] = [{}, {"key": []}]
#: The names at which some endpoint takes files.
FILE_FIELDS = ("files", "proof_files")
REFERENCE = OpenApiParameter(
    "reference",
    str,
    OpenApiParameter.PATH,
    description="As on the receipt. Case does not matter; O is read as 0, I and L as 1.",
)


class OneForm(BaseContentNegotiation):
    """Each answer has one form, which comes whatever `Accept` says (RFC 9110, 12.5.1)."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return DefaultContentNegotiation().select_parser(request, parsers)

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class Endpoint(APIView):
    """An endpoint whose answers nobody keeps, or only to ask whether they still hold."""

    content_negotiation_class = OneForm
    http_method_names = ("get", "head", "post")

    def finalize_response(self, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(*args, **kwargs)
        kept = "no-cache" if "ETag" in response else "no-store"
        response["Cache-Control"] = f"private, {kept}"
        patch_vary_headers(response, ["Authorization"])
        return response


@extend_schema(exclude=True)
class Nowhere(Endpoint):
    """An unknown address below the API's: a problem document too."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise NotFound

    def get(self, request: Request, rest: str) -> Response:
        raise NotFound


def caller(request: Request) -> User:
    """The person of the key, behind an endpoint that lets nobody in without one."""
    return cast(User, request.user)


def body_of(request: Request, *files: str) -> dict[str, Any]:
    """The fields of a JSON object or a form, without files; those are taken at the names `files`.

    Raises `ParseError`, and `Invalid` where something came that would be dropped unseen: a file at
    another name, or what is no file at the name of one.
    """
    data = request.data
    if not isinstance(data, Mapping):
        raise ParseError(_("Send an object."))
    body = request.POST.dict() if isinstance(data, QueryDict) else dict(data)
    no_files = [name for name in FILE_FIELDS if body.get(name)]
    lost = {name: [_("Files come in a form (multipart/form-data).")] for name in no_files}
    unknown = request.FILES.keys() - {*files}
    lost |= {name: [_("No file is taken at this name.")] for name in unknown}
    if lost:
        raise Invalid(lost)
    return body
