"""What the checks of a fit's health come to."""

from collections import Counter
from collections.abc import Iterable

from mmm.analysis.v1.analysis_pb2 import (
    CHECK_STATUS_FAIL,
    CHECK_STATUS_INFO,
    CHECK_STATUS_PASS,
    CHECK_STATUS_WARN,
    Check,
    CheckStatus,
)

# From the best to the worst; the numbers of the contract are in another order.
STATUSES: tuple[CheckStatus, ...] = (
    CHECK_STATUS_PASS,
    CHECK_STATUS_INFO,
    CHECK_STATUS_WARN,
    CHECK_STATUS_FAIL,
)
_VERDICTS: dict[CheckStatus, str] = {
    CHECK_STATUS_PASS: "Good",
    CHECK_STATUS_INFO: "Good",
    CHECK_STATUS_WARN: "Fair",
    CHECK_STATUS_FAIL: "Unusable",
}
# One, and several.
_COUNTED: dict[CheckStatus, tuple[str, str]] = {
    CHECK_STATUS_FAIL: ("failed", "failed"),
    CHECK_STATUS_WARN: ("warning", "warnings"),
    CHECK_STATUS_INFO: ("remark", "remarks"),
    CHECK_STATUS_PASS: ("passed", "passed"),
}


def worst_first(checks: Iterable[Check]) -> list[Check]:
    """Order checks by status, the worst first, and keep the report's order otherwise."""
    return sorted(checks, key=lambda check: -STATUSES.index(check.status))


def worst_status(checks: Iterable[Check]) -> CheckStatus:
    """Worst status there is; `CHECK_STATUS_PASS` when there are no checks."""
    return max((check.status for check in checks), key=STATUSES.index, default=CHECK_STATUS_PASS)


def verdict(checks: Iterable[Check]) -> str:
    """Return ``Good``, ``Fair`` or ``Unusable``; remarks leave a fit good."""
    return status_verdict(worst_status(checks))


def status_verdict(worst: CheckStatus) -> str:
    """Return the verdict on a fit whose worst status is known."""
    return _VERDICTS[worst]


def counted(checks: Iterable[Check]) -> str:
    """Say how many checks failed, warned, and passed, in words."""
    counts = Counter(check.status for check in checks)
    return ", ".join(
        f"{counts[status]} {words[counts[status] > 1]}"
        for status, words in _COUNTED.items()
        if counts[status]
    )


def check_name(check: Check) -> str:
    """Title of a check, with what it is about."""
    title = check.title or check.code
    return f"{title}: {check.subject}" if check.subject else title
