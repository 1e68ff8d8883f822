from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from accounts.models import Unit
from workflows.imports.files.unreadable import Unreadable
from workflows.imports.mappings import NoSuchMapping, load
from workflows.imports.runs import Run

MEANWHILE = (
    "Somebody else imported the same cases meanwhile. Start again: what is there is skipped."
)


class Command(BaseCommand):
    help = "Take over cases from another system's export (CSV in UTF-8, or XLSX). Nobody is told."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--mapping", required=True, help="what the columns mean: a name, or a YAML file"
        )
        parser.add_argument("--unit", help="code of the unit that gets the cases")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        rejects = Path(settings.DATA_DIR) / "imports" / f"{path.stem}-rejected.csv"
        try:
            mapping = load(options["mapping"])
            run = Run(path, mapping, _unit(options["unit"]), rejects, self._progress)
            counts = run.run()
        except (NoSuchMapping, Unreadable) as error:
            raise CommandError(str(error)) from None
        except IntegrityError:
            raise CommandError(MEANWHILE) from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from None
        for doubt, count in run.reader.warnings.items():
            self.stderr.write(f"{doubt} (rows: {count}).")
        if counts.rejected:
            self.stderr.write(f"Rejected rows, with reasons: {rejects}")
        self.stdout.write(str(counts))

    def _progress(self, share: float) -> None:
        """A bar on a terminal; nothing in a log or a pipe."""
        if self.stderr.isatty():
            bar = "█" * round(share * 30)
            end = "\n" if share == 1 else ""
            self.stderr.write(f"\r{bar:░<30} {share:4.0%}", style_func=str, ending=end)
            self.stderr.flush()


def _unit(code: str | None) -> Unit:
    """The unit of that code; without one, the receiving unit, or the first there is."""
    if code:
        found = Unit.objects.filter(code=code).first()
        if found is None:
            raise CommandError(f"There is no unit {code!r}.")
        return found
    unit = Unit.objects.receiving() or Unit.objects.order_by("pk").first()
    if unit is None:
        raise CommandError(
            "There is no unit yet: bin/run or bin/manage demo fills the demo agency, "
            "bin/manage first_admin EMAIL begins one of your own. Then import."
        )
    return unit
