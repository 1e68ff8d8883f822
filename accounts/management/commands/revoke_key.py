from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from accounts import api_keys
from accounts.models import ApiKey


class Command(BaseCommand):
    help = "Revoke a key of another program, at once and for good; without one, list the keys."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "which",
            nargs="?",
            default="",
            help="its name, its number in the list or itself; after -- where it begins with a dash",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        keys = list(api_keys.unrevoked(options["which"]))
        if not options["which"]:
            self.stdout.write("\n".join(_said(key) for key in keys))
            return
        if not keys:
            raise CommandError("There is no such key, or it is revoked already.")
        if len(keys) > 1:
            several = "\n".join(_said(key) for key in keys)
            raise CommandError(f"Several keys are meant; choose by number:\n{several}")
        api_keys.revoke(keys[0])
        self.stdout.write(f"Revoked: {_said(keys[0])}")


def _said(key: ApiKey) -> str:
    """Number, name, scope, whose rights it has, and when it was issued, ends, was last used."""
    used = f"{key.last_used_on:%Y-%m-%d}" if key.last_used_on else "never"
    ends = f"{localdate(key.expires_at):%Y-%m-%d}" if key.expires_at else "never"
    whose = key.user.username if key.user else "nobody"
    dates = f"issued {localdate(key.created_at):%Y-%m-%d}, ends {ends}, used {used}"
    return f"{key.pk}  {key.name}  {key.scope}  {whose}  {dates}"
