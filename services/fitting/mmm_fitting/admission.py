"""Whether data may be fitted: errors forbid it, warnings ask for somebody's word."""

import difflib
from collections.abc import Iterable, Iterator

from mmm_core.errors import FailedPrecondition, InvalidInput, Violation, shorten
from mmm_core.findings import Finding, Severity
from mmm_core.validation import FINDING_CODES

ACKNOWLEDGED = "acknowledged_warnings"


def admit(findings: Iterable[Finding], acknowledged: Iterable[str]) -> tuple[Finding, ...]:
    """Let data through to a fit.

    Parameters
    ----------
    findings : iterable of Finding
        What validation says about them.
    acknowledged : iterable of str
        Codes of warnings that somebody has read and accepts.

    Returns
    -------
    tuple of Finding
        The warnings that were acknowledged.

    Raises
    ------
    InvalidInput
        With every error of the data, or every acknowledged code that is none.
    FailedPrecondition
        With every warning that was not acknowledged.
    """
    codes, found = list(acknowledged), list(findings)
    if unknown := list(_unknown(codes)):
        raise InvalidInput(unknown)
    refuse_errors(found)
    warnings = [finding for finding in found if finding.severity is Severity.WARNING]
    if unread := [finding for finding in warnings if finding.code not in codes]:
        raise FailedPrecondition(
            [finding.as_violation() for finding in unread],
            message=f"Correct the data, or acknowledge the warnings: send {ACKNOWLEDGED} with "
            f"{', '.join(dict.fromkeys(finding.code for finding in unread))}.",
            reason="UNACKNOWLEDGED_WARNINGS",
        )
    return tuple(warnings)


def refuse_errors(findings: Iterable[Finding]) -> None:
    """Raise `InvalidInput` with every error of the data, if there is one."""
    if errors := [finding.as_violation() for finding in findings if finding.severity is Severity.ERROR]:
        raise InvalidInput(errors, message="The data cannot be fitted.", reason="INVALID_DATA")


def _unknown(codes: list[str]) -> Iterator[Violation]:
    for place, code in enumerate(codes):
        if code not in FINDING_CODES:
            near = difflib.get_close_matches(code.upper(), sorted(FINDING_CODES), n=1)
            yield Violation(
                f"{ACKNOWLEDGED}[{place}]",
                "is not the code of a finding.",
                f"Did you mean {near[0]}?" if near else "Send codes as validation reports them.",
                shorten(code),
                "UNKNOWN_CODE",
            )
