"""Cleaning files of strangers: what they show stays, what they carry beside it goes.

Runs in a process of its own (`python -m casework.cleaning TYPE`), so nothing here knows Django.
"""


class Unfit(Exception):
    """A file that cannot be cleaned. `code` is how the process says why."""

    code = 3


class TooManyPixels(Unfit):
    code = 4


class Locked(Unfit):
    """It opens with a password alone."""

    code = 5


class Film(Unfit):
    """It shows moving pictures, which nobody here can clean."""

    code = 6


class TooLong(Unfit):
    code = 7
