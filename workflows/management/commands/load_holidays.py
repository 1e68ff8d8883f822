from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflows.public_days import Unknown, load_days


class Command(BaseCommand):
    help = (
        "Load the public holidays and joint leave of a country. They count once a person confirms "
        "them; those of years that were reviewed for this release count at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("country", type=str.upper, help="two letters, as in ID")
        parser.add_argument("first", metavar="from", type=int, help="the first year")
        parser.add_argument("last", metavar="to", type=int, help="the last year")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_days(options["country"], options["first"], options["last"])
        except Unknown as error:
            raise CommandError(str(error)) from None
        if loaded.dropped:
            self.stdout.write(f"{loaded.dropped} days that are on other dates now were dropped.")
        self.stdout.write(
            f"{loaded.added} days were added, {loaded.were_there} were there already."
        )
