"""Checks of a fit's health, as a table."""

from collections.abc import Iterable

from rich.markup import escape
from rich.table import Table

from mmm.analysis.v1.analysis_pb2 import (
    CHECK_STATUS_FAIL,
    CHECK_STATUS_INFO,
    CHECK_STATUS_PASS,
    CHECK_STATUS_WARN,
    Check,
    CheckStatus,
)
from mmm_client.cli.tables import plain_table
from mmm_core.health_words import check_name, worst_first

_STYLES: dict[CheckStatus, str] = {
    CHECK_STATUS_PASS: "green",
    CHECK_STATUS_INFO: "cyan",
    CHECK_STATUS_WARN: "yellow",
    CHECK_STATUS_FAIL: "bold red",
}


def status_word(status: CheckStatus) -> str:
    """Status as users write it: ``pass``, ``info``, ``warn`` or ``fail``."""
    return CheckStatus.Name(status).removeprefix("CHECK_STATUS_").lower()


def remarkable_checks(checks: Iterable[Check]) -> list[Check]:
    """Keep checks there is something to say about, the worst first."""
    return [check for check in worst_first(checks) if check.status != CHECK_STATUS_PASS]


def check_table(checks: Iterable[Check]) -> Table:
    """One row per check: figure, what is asked, why it matters and what to do."""
    table = plain_table("Checks to read")
    for heading in ("", "Check", "Figure", "Asked", "Why it matters, and what to do"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "Figure" else "left")
    for check in checks:
        table.add_row(
            f"[{_STYLES[check.status]}]{status_word(check.status)}[/]",
            f"{escape(check_name(check))}\n[dim]{escape(check.code)}[/]",
            f"{check.value:.4g}",
            escape(check.target),
            escape(f"{check.why} {check.advice}".strip()),
        )
    return table
