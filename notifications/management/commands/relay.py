from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from notifications import relay


class Command(BaseCommand):
    help = "Deliver what is owed and let time act, until interrupted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what is due now, and end.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self.stdout.write(f"{relay.once()} messages")
            return
        try:
            relay.run()
        except KeyboardInterrupt:
            return
