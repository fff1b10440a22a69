"""Pages of lists (AIP-158)."""

from mmm_core.errors import InvalidInput, Violation

DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE = 100, 1000


def page_size(asked: int) -> int:
    """Size of a page: the default for 0, at most the maximum; raises `InvalidInput` below 0."""
    if asked < 0:
        raise InvalidInput([Violation("page_size", "is below 0.", "Give 1 to 1000, or 0.", str(asked))])
    return min(asked or DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE)
