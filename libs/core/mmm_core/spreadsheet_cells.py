"""Cells of tables that spreadsheets show and never execute."""

type Cell = str | float | int | bool | None

# A text that begins like this is a formula, also in the full-width form that Japanese keyboards type.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: Cell) -> Cell:
    """Disarm a text that a spreadsheet would take for a formula, by an apostrophe before it.

    Numbers stay numbers, so a negative figure is not touched. Spaces in front do not help a formula: some
    spreadsheets pass over them.
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA_STARTS):
        return "'" + value
    return value
