import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation

from accounts.models import User
from casework.models import Case
from demo import agency
from demo.past import tell_all


class Command(BaseCommand):
    help = "Fill an empty installation with the invented agency of Sukamaju and its cases."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("DEMO is 0: this installation wants no demo data.")
        if User.objects.exists():
            raise CommandError("There are people here already; the demo fills only an empty one.")
        with transaction.atomic(), translation.override("id"):
            agency.build()
            shown = tell_all()
        receipt = {"reference": shown.case.reference, "secret": shown.secret}
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        (settings.DATA_DIR / "demo.json").write_text(json.dumps(receipt))
        self.stdout.write(f"{Case.objects.count()} cases of Kabupaten Sukamaju.")
