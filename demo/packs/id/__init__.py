"""Kabupaten Sukamaju, in Indonesian."""

from demo.pack import Pack
from demo.packs.id.agency import AGENCY
from demo.packs.id.improvement import IMPROVEMENT
from demo.packs.id.tales import TALES
from demo.packs.id.year import YEAR

ID = Pack("ID", AGENCY, YEAR, TALES, IMPROVEMENT)
