"""What a check of a fit's health is."""

from dataclasses import dataclass
from enum import StrEnum

from mmm_core.diagnostics.wording import TEXTS


class CheckStatus(StrEnum):
    """Result of a check."""

    PASS = "pass"  # noqa: S105 - not a password
    INFO = "info"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a fit's health.

    Attributes
    ----------
    code : str
        UPPER_SNAKE name.
    status : CheckStatus
        Result.
    value : float
        The figure.
    target : str
        What is asked.
    advice : str
        What to do; empty when it passed.
    subject : str
        What of the fit it is about, as people call it: a medium or a panel cell; empty for all of it.
    """

    code: str
    status: CheckStatus
    value: float
    target: str
    advice: str
    subject: str = ""

    @property
    def title(self) -> str:
        """How people call the check."""
        return TEXTS[self.code].title

    @property
    def why(self) -> str:
        """Why it matters."""
        return TEXTS[self.code].why


def judged(
    code: str, value: float, target: str, *, good: bool, bad: bool = False, advice: str, subject: str = ""
) -> Check:
    """Make a check that passes when `good`, fails when `bad`, and warns otherwise."""
    status = CheckStatus.PASS if good else CheckStatus.FAIL if bad else CheckStatus.WARN
    return Check(code, status, value, target, "" if good else advice, subject)
