"""Slugs: what results call something that people gave a name in any script."""

import re
import unicodedata
from collections.abc import Collection

LONGEST_SLUG = 63


def plain_letters(text: str) -> str:
    """Lower-case text without accents; letters of other scripts than the Latin one stay."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def slug(name: str, taken: Collection[str] = ()) -> str:
    """Turn a name into a slug that is not `taken`.

    Parameters
    ----------
    name : str
        Any text; what cannot be written in ASCII is left out.
    taken : collection of str
        Slugs of others; a number is appended to be different from them.
    """
    cleaned = re.sub(r"[^a-z0-9]+", "_", plain_letters(name)).strip("_")
    begun = cleaned if cleaned[:1].isalpha() else f"x_{cleaned}".rstrip("_")
    wanted = begun[:LONGEST_SLUG].rstrip("_")
    number, free = 1, wanted
    while free in taken:
        number += 1
        suffix = f"_{number}"
        free = wanted[: LONGEST_SLUG - len(suffix)].rstrip("_") + suffix
    return free
