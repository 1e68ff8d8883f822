"""One file in, one file out, within bounded time and memory: `python -m casework.cleaning TYPE`.

A file that was made to do harm may eat time and memory while it is decoded. Here both end with
the process, which says by its exit code why nothing came out.
"""

import importlib
import resource
import sys

from casework.cleaning import Unfit

SECONDS = 20  # of computing; ten megabytes of scans take two
MEMORY = 1024**3  # bytes: a picture of the most pixels, decoded and turned, fits
#: Who cleans what. Only that one is loaded: the libraries of the others take time, and are no use.
CLEANERS = {"image": "images", "application": "pdfs", "audio": "sounds"}


def main() -> int:
    _be_modest()
    kind, raw = sys.argv[1], sys.stdin.buffer.read()
    cleaner = importlib.import_module(f"casework.cleaning.{CLEANERS[kind.split('/')[0]]}")
    try:
        cleaned = cleaner.clean(raw, kind)
    except Unfit as unfit:
        return unfit.code
    sys.stdout.buffer.write(cleaned)
    return 0


def _be_modest() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would keep what was sent
    if sys.platform == "linux":  # elsewhere the limit is no limit, or none can be set
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    sys.exit(main())
