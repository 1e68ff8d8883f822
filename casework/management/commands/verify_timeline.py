from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casework import timeline
from casework.models import Case, Event


class Command(BaseCommand):
    help = "Check the chain of events of every case; names the first broken row of each."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = 0
        for fault in timeline.broken(Case.objects.all()):
            faults += 1
            self.stderr.write(f"{fault.reference} event {fault.number}: {fault.why}")
        if faults:
            raise CommandError(f"{faults} broken timelines")
        self.stdout.write(
            f"{Case.objects.count()} cases, {Event.objects.count()} events: the timeline is clean"
        )
