"""Cells that a spreadsheet would run as a formula, made harmless and back again.

An apostrophe in front, as OWASP advises against CSV injection. A rejected row that was put right
and is imported again loses it, so that nobody's words change on the way.
"""

#: How the file of rejected rows begins.
HEADING = ["row", "reason"]
_DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - Excel takes the wide signs too


def quoted(cell: str) -> str:
    return f"'{cell}" if _looks_dangerous(cell) else cell


def unquoted(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _looks_dangerous(cell) else cell


def _looks_dangerous(cell: str) -> bool:
    return cell.lstrip("'").startswith(_DANGEROUS)
