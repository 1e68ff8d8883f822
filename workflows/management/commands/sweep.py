from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows.sweep import sweep


class Command(BaseCommand):
    help = "Take the timeouts and send the reminders that are due, and run the periodic jobs."

    def handle(self, *args: Any, **options: Any) -> None:
        done = sweep()
        self.stdout.write(
            f"{done.timeouts} timeouts, {done.reminders} reminders, {done.failed} failed"
        )
        if done.broken:
            raise CommandError(f"These jobs failed, see the log: {', '.join(done.broken)}.")
