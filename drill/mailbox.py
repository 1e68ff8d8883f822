"""A mail server that keeps nothing but how often each message came."""

from __future__ import annotations

import re
import socketserver
import threading
import time
from collections import Counter

SLOW = 0.02  # seconds between a mail and the word that it is taken: senders die in there
_ID = re.compile(rb"^Message-ID:\s*<(\d+)\.", re.IGNORECASE | re.MULTILINE)


class Mailbox:
    """Listens on a port of this machine until `close`."""

    def __init__(self, port: int) -> None:
        self.came: Counter[int] = Counter()  # by the number of the outbox row
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", port), _Talk)
        self._server.daemon_threads = True
        self._server.mailbox = self  # type: ignore[attr-defined] # for the talks
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def keep(self, mail: bytes) -> None:
        if found := _ID.search(mail):
            self.came[int(found[1])] += 1

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Talk(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as Django's sender speaks."""

    def handle(self) -> None:
        try:
            self._say("220 drill")
            while line := self.rfile.readline():
                if not self._answer(line.strip().upper()):
                    return
        except (ConnectionError, TimeoutError):
            return  # the sender was killed

    def _answer(self, line: bytes) -> bool:
        if line.startswith(b"DATA"):
            self._say("354 go on")
            self._take()
        elif line.startswith(b"QUIT"):
            self._say("221 bye")
            return False
        else:
            self._say("250 ok")
        return True

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if not line:
            return  # cut off in the middle: not ours yet
        self.server.mailbox.keep(b"".join(lines))  # type: ignore[attr-defined]
        time.sleep(SLOW)
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())
