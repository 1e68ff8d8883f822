"""Static files: without what is for us alone, under their digests, and each read whole."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Whole lines of scripts only: two strokes may stand in a string, too.
_OURS_ALONE = {
    ".css": re.compile(r"/\*.*?\*/|^\s+", re.DOTALL | re.MULTILINE),
    ".js": re.compile(r"^\s*//.*\n|^\s+", re.MULTILINE),
}


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Every file under the digest of its content, and our scripts import each other by it.

    So a browser keeps them for good. Django's own switch for this also reads what others ship,
    and stumbles over it.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "js/*.js",
            (
                (r"""(?P<matched>import\("(?P<url>\./[\w-]+\.js)"\))""", 'import("%(url)s")'),
                (r"""(?P<matched>from "(?P<url>\./[\w-]+\.js)")""", 'from "%(url)s"'),
            ),
        ),
    )

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        """Comments and indentation of ours go first: over a slow line they are a tenth of all."""
        for name in [name for name in paths if name.startswith(("css/", "js/"))]:
            copy = Path(self.path(name))
            copy.write_text(_OURS_ALONE[copy.suffix].sub("", copy.read_text()))
            paths = {**paths, name: (self, name)}
        yield from super().post_process(paths, *args, **options)


class WholeFiles(WhiteNoiseMiddleware):
    """WhiteNoise without streams.

    Under ASGI Django reads a synchronous stream to its end anyway, with a warning for each.
    The largest static file, one of Django's admin, has some 300 kB.
    """

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        found = static_file.get_response(request.method, request.META)
        content = b""
        if found.file is not None:
            with found.file as opened:
                content = opened.read()
        response = HttpResponse(content, status=int(found.status))
        del response["content-type"]
        for name, value in found.headers:
            response[name] = value
        return response
