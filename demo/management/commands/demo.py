import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from accounts.models import User
from casework.models import Case
from demo import city
from demo.packs import PACKS


class Command(BaseCommand):
    help = "Fill an empty installation with an invented city and two years of its complaints."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--country", choices=PACKS, default="id", help="Of which country.")
        parser.add_argument("--seed", type=int, default=1, help="Another seed, another year.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("DEMO is 0: this installation wants no demo data.")
        if User.objects.exists():
            raise CommandError("There are people here already; the demo fills only an empty one.")
        pack = PACKS[options["country"]]
        with transaction.atomic():
            shown = city.fill(pack, options["seed"])
            with connection.cursor() as cursor:
                # The first pages are asked for sooner than PostgreSQL counts by itself.
                cursor.execute("ANALYZE")
        receipt = {"reference": shown.case.reference, "secret": shown.secret}
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        (settings.DATA_DIR / "demo.json").write_text(json.dumps(receipt))
        self.stdout.write(f"{Case.objects.count()} cases of {pack.agency.name}.")
