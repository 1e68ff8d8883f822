"""The request of somebody signed in."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class StaffRequest(HttpRequest):
    """What `login_required` lets through."""

    user: User
    htmx: HtmxDetails
