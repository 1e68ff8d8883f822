"""Of cases that nobody can handle, for whoever can give somebody the role."""

from django import template

from accounts.models import Unit, User
from casework.handlers import left_alone
from casework.models import Case

register = template.Library()


@register.simple_tag
def waiting_with_nobody(user: User) -> dict[Unit, int]:
    """How many wait in which unit; of those about themselves people learn nothing."""
    return left_alone(Case.objects.exclude(pk__in=Case.objects.about(user)))
