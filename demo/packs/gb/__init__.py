"""Ashcombe Borough Council, in English: nothing of it speaks Indonesian."""

from demo.pack import Pack
from demo.packs.gb.agency import AGENCY
from demo.packs.gb.improvement import IMPROVEMENT
from demo.packs.gb.tales import TALES
from demo.packs.gb.year import YEAR

GB = Pack("GB", AGENCY, YEAR, TALES, IMPROVEMENT)
