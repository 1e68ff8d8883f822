"""Too much at once: when to come again, while everything that was typed stays."""

from django.http import HttpResponse


def in_a_while(page: HttpResponse, wait: int) -> HttpResponse:
    """The page as a refusal that says for how many seconds."""
    page.status_code = 429
    page["Retry-After"] = str(wait)
    return page
