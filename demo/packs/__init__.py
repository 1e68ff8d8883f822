"""The countries of which there is a demo city."""

from demo.pack import Pack
from demo.packs.gb import GB
from demo.packs.id import ID

#: By the name that the command takes; the usual one first.
PACKS: dict[str, Pack] = {"id": ID, "gb": GB}
