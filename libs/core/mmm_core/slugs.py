"""Slugs: what results call something that people gave a name in any script."""

import re
import unicodedata
from collections.abc import Collection

from anyascii import anyascii

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
        Any text. Letters of other scripts are transliterated, so that ``电视`` becomes ``dianshi``;
        everything but letters and digits separates words.
    taken : collection of str
        Slugs of others; a number is appended to be different from them.
    """
    # Signs go before the transliteration, which would spell them out: EUR for €.
    letters = "".join(sign if _is_letter(sign) else " " for sign in plain_letters(name))
    cleaned = re.sub(r"[^a-z0-9]+", "_", anyascii(letters).lower()).strip("_")
    begun = cleaned if cleaned[:1].isalpha() else f"x_{cleaned}".rstrip("_")
    wanted = begun[:LONGEST_SLUG].rstrip("_")
    number, free = 1, wanted
    while free in taken:
        number += 1
        suffix = f"_{number}"
        free = wanted[: LONGEST_SLUG - len(suffix)].rstrip("_") + suffix
    return free


def _is_letter(sign: str) -> bool:
    """Letters, the marks that belong to them, and numbers."""
    return unicodedata.category(sign)[0] in "LMN"
