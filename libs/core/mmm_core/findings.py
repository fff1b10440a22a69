"""Findings: what validation and diagnostics have to say about data and configurations."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mmm_core.errors import Violation


class Severity(StrEnum):
    """How bad a finding is."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found wrong, or remarkable.

    Attributes
    ----------
    severity : Severity
        An error blocks a fit, a warning does until it is acknowledged, an info does not.
    code : str
        UPPER_SNAKE code a program can switch on.
    field : str
        Column of the data or path in the configuration.
    value : str
        The offending value, shortened; empty when there is none.
    message, fix : str
        What is wrong and what to do about it, one sentence each.
    why : str
        Why it matters, one sentence.
    """

    severity: Severity
    code: str
    field: str
    value: str
    message: str
    fix: str
    why: str = ""

    def as_violation(self) -> Violation:
        """The same problem as part of an error."""
        return Violation(self.field, self.message, self.fix, self.value, self.code)


def errors_first(findings: Iterable[Finding]) -> list[Finding]:
    """Order findings: errors, warnings, infos, each in the order they were found."""
    return sorted(findings, key=lambda finding: _ORDER[finding.severity])


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding blocks a fit."""
    return any(finding.severity is Severity.ERROR for finding in findings)
