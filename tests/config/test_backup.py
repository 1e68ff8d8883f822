"""A backup is brought back as the page for operators says: its own commands are run."""

import re
import shutil
import subprocess
import tempfile
from functools import partial
from pathlib import Path

from config.environment import PROJECT
from tests.config.test_serve import needs_venv, surroundings

#: Its server may still be on its way out when nobody needs it any more.
folder = partial(tempfile.TemporaryDirectory, ignore_cleanup_errors=True)
PAGE = PROJECT / "docs" / "operating.md"
#: Cases that are open, waiting and over, and of one that is merged the other.
FILL = (
    "from tests.agency import build_agency, walk; agency = build_agency();"
    ' [walk(agency, stage) for stage in ("work", "wait_work", "closed", "merged")]'
)


def commands(word: str) -> str:
    """The shell lines of the page among which a word stands."""
    blocks = re.findall(r"```\n(.*?)```", PAGE.read_text(), re.DOTALL)
    [found] = [block for block in blocks if word in block]
    return str(found)


def shell(script: str, data: str) -> str:
    """What a shell beside the installation in `data` prints."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        check=False,
        cwd=PROJECT,
        env=surroundings(Path(data), 8000),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@needs_venv
def test_what_was_dumped_comes_back_whole_in_a_new_installation(tmp_path: Path) -> None:
    kept = tmp_path / "backup.sql"
    with folder() as old, folder() as new:
        dump = commands("pg_dump").replace("$PWD/.data", old).replace("backup.sql", str(kept))
        script = tmp_path / "dump.sh"
        script.write_text(dump)
        # The server is there as long as somebody uses it: who dumps is called by who does.
        run = f'import subprocess; subprocess.run(["bash", "{script}"], check=True)'
        shell(f"bin/manage shell -v0 -c '{FILL}; {run}'", old)
        shutil.copy(f"{old}/keys.json", new)
        said = shell(commands("DROP SCHEMA").replace("backup.sql", str(kept)), new)
    assert re.search(r"^5 cases, \d+ events: the timeline is clean", said, re.MULTILINE)
