"""Response headers that Django has no setting for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# A citizen may send a place, and speak where they file; nothing else of the device is asked for.
PERMISSIONS = "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), browsing-topics=()"
WHERE_ONE_SPEAKS = {"portal:file": PERMISSIONS.replace("microphone=()", "microphone=(self)")}


def permissions_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: no page, and nothing in it, may use devices beyond what is listed."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        page = request.resolver_match.view_name if request.resolver_match else ""
        allowed = WHERE_ONE_SPEAKS.get(page, PERMISSIONS)
        response.headers.setdefault("Permissions-Policy", allowed)
        return response

    return respond
