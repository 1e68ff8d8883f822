"""The link by which somebody sets a password: nobody ever types one for somebody else."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.models import User


def link_for(person: User) -> str:
    """Where this person sets a password: good once, for PASSWORD_RESET_TIMEOUT seconds.

    Nothing is stored: the link ends with the next sign-in or change of password.
    """
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    path = reverse("set_password", args=[uid, default_token_generator.make_token(person)])
    return settings.BASE_URL + path
