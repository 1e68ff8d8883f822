"""The first person of an installation: an administrator who sets a password by a link."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from accounts import one_time
from accounts.models import Membership, Unit, User
from accounts.rights import Role

#: The address is also the user name, whose column is shorter.
USER_NAME_LENGTH = 150


class Command(BaseCommand):
    help = "Create an administrator and print the link, good once, that sets the password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        email = _usable(options["email"].strip())
        with transaction.atomic():
            person = _administrator(email)
        self.stdout.write(one_time.link_for(person))


def _usable(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError(f"{email!r} is no e-mail address.") from None
    if len(email) > USER_NAME_LENGTH:
        raise CommandError("This address is too long for a user name.")
    known = User.objects.filter(Q(email__iexact=email) | Q(username__iexact=email)).first()
    if known:
        raise CommandError(
            f"{email} is here already; `bin/manage changepassword {known.username}` helps them in."
        )
    return email


def _administrator(email: str) -> User:
    root = Unit.objects.filter(parent=None).order_by("pk").first()
    if root is None:
        # It receives nothing until somebody is there to read it: the administrator opens it.
        root = Unit.objects.create(code="agency", name=gettext("Agency"))
    person = User.objects.create_user(email, email, is_staff=True)
    Membership.objects.create(user=person, unit=root, role=Role.ADMINISTRATOR)
    return person
