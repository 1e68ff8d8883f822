import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from figures import recount
from figures.folding import key_of


class Command(BaseCommand):
    help = "Compare the figures with a recount (--check), or put them right (--rebuild)."

    def add_arguments(self, parser: CommandParser) -> None:
        asked = parser.add_mutually_exclusive_group(required=True)
        asked.add_argument("--check", action="store_true", help="Say each difference; then exit 1.")
        asked.add_argument("--rebuild", action="store_true", help="Put each difference right.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            self.stdout.write(f"{recount.put_right()} numbers put right")
        elif wrong := self._said():
            self.stdout.write("\n".join([*wrong, f"{len(wrong)} numbers are wrong"]))
            sys.exit(1)
        else:
            self.stdout.write("Every figure equals a recount.")

    def _said(self) -> list[str]:
        """A line for each number that is wrong."""
        lines = []
        for rollup, wrong in recount.differences().items():
            names = [field.column for field in key_of(rollup)]
            for key, n in sorted(wrong.items(), key=str):
                pairs = zip(names, key, strict=True)
                said = ", ".join(f"{name} {'-' if value == '' else value}" for name, value in pairs)
                lines.append(f"{rollup._meta.db_table} {said}: {n:+}")
        return lines
