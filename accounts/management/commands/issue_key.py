from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import api_keys
from accounts.models import ApiKey, User


class Command(BaseCommand):
    help = "Issue a key for another program and print it. It is shown this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what the key is for")
        parser.add_argument("--scope", choices=ApiKey.Scope.values, required=True)
        parser.add_argument("--user", metavar="USERNAME", help="whose rights the key has")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["scope"] == ApiKey.Scope.REST and not options["user"]:
            raise CommandError("A REST key has the rights of a person: name one with --user.")
        user = None
        if options["user"]:
            user = User.objects.filter(username=options["user"], is_active=True).first()
            if user is None:
                raise CommandError(f"There is no active user {options['user']}.")
        self.stdout.write(api_keys.issue(options["name"], options["scope"], user))
