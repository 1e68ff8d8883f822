"""What is said of a file that cannot be read."""


class Unreadable(Exception):
    """The file as a whole cannot be read; the message says why, and what to do."""


NEITHER = "The file is neither CSV (UTF-8) nor an Excel workbook (.xlsx)."
NOT_UTF_8 = "The file is not UTF-8. Save it as CSV (UTF-8), or as .xlsx."
EMPTY = "The file is empty."
BROKEN = "The workbook is broken. Open it in Excel, save it anew as .xlsx, and try again."
OLD_OR_LOCKED = (
    "The workbook is of an old kind (.xls) or has a password."
    " Save it as .xlsx without a password, or as CSV (UTF-8)."
)
BOMB = "The workbook is not read: unpacked, it would be more than {} times as large."
HUGE_PART = "The workbook is not read: a part of it is larger than {} MB."
