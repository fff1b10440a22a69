"""The steps of `mmm validate` and `mmm run`."""

import shlex
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape

from mmm.analysis.v1.analysis_service_pb2 import GetSummaryResponse
from mmm.common.v1.common_pb2 import SEVERITY_ERROR, Finding
from mmm.data.v1.data_pb2 import Dataset, ReadingOptions
from mmm.fitting.v1.fitting_pb2 import FIT_STATE_CANCELLED, FIT_STATE_SUCCEEDED, Fit
from mmm.optimizer.v1.optimizer_service_pb2 import OptimizeBudgetResponse
from mmm_client.cli.advice_tables import advice_table
from mmm_client.cli.check_tables import check_table, remarkable_checks
from mmm_client.cli.evidence_tables import lift_test_table, signal_table
from mmm_client.cli.exits import ExitCode, fail
from mmm_client.cli.forecast_tables import holdout_lines
from mmm_client.cli.progress import fit_display, upload_display
from mmm_client.cli.readings import reading_lines
from mmm_client.cli.results import RunResults
from mmm_client.cli.summaries import diagnostics_lines, plan_lines
from mmm_client.cli.tables import channel_table, findings_table, plan_table
from mmm_client.client import Client
from mmm_client.errors import ApiError
from mmm_client.findings import warning_codes
from mmm_client.watching import is_final
from mmm_core.config import ModelConfig
from mmm_core.names import new_id


def upload(
    console: Console,
    client: Client,
    data: Path,
    reading: ReadingOptions,
    *,
    dataset_id: str,
    display_name: str = "",
    new_version: bool = False,
) -> Dataset:
    """Upload the file and say what arrived and how it was read."""
    with upload_display(console) as on_progress:
        dataset = client.upload(
            data,
            dataset_id=dataset_id,
            display_name=display_name or data.name,
            reading=reading,
            new_version=new_version,
            on_progress=on_progress,
        )
    console.print(
        f"Uploaded {escape(data.name)}: {dataset.row_count:,} rows, {len(dataset.columns)} columns.",
        highlight=False,
    )
    for line in reading_lines(dataset):
        console.print(escape(line), highlight=False)
    return dataset


def upload_of_its_own(console: Console, client: Client, data: Path, reading: ReadingOptions) -> Dataset:
    """Upload the file as a dataset of its own, so that deleting it takes nothing from anybody."""
    return upload(console, client, data, reading, dataset_id=new_id("upload"))


@contextmanager
def discarded_on_exit(client: Client, dataset: Dataset) -> Iterator[None]:
    """Delete the dataset at the end; somebody without that permission leaves it to the operator."""
    try:
        yield
    finally:
        with suppress(ApiError):
            client.delete_dataset(dataset.name)


def show_findings(console: Console, findings: list[Finding]) -> bool:
    """Print what validation found; returns whether a fit may run."""
    errors = sum(finding.severity == SEVERITY_ERROR for finding in findings)
    if findings:
        console.print(findings_table(findings))
    if errors:
        console.print(f"[bold red]{_count(errors, 'error')}.[/] Correct them and try again.", highlight=False)
    else:
        remarks = f" with {_count(len(findings), 'remark')}" if findings else ""
        console.print(f"[green]Data and configuration fit together[/]{remarks}.", highlight=False)
    return errors == 0


def all_acknowledged(console: Console, findings: list[Finding], codes: Iterable[str]) -> bool:
    """Whether every warning was acknowledged; says how to do it for those that were not."""
    unread = [code for code in warning_codes(findings) if code not in set(codes)]
    if unread:
        options = " ".join(f"--acknowledge {code}" for code in unread)
        console.print(
            "[bold yellow]A fit needs your word on the warnings.[/] Correct the data, or repeat the command "
            f"with --acknowledge-all or {options}.",
            highlight=False,
        )
    return not unread


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


@dataclass(frozen=True)
class FitWish:
    """How to fit: a title, the codes of warnings that are accepted, and how many periods to withhold."""

    title: str
    acknowledged: Sequence[str]
    holdout_periods: int


def fit_model(console: Console, client: Client, dataset: Dataset, config: ModelConfig, wish: FitWish) -> Fit:
    """Make a model of the dataset, fit it, and follow the fit to its end.

    An interrupt cancels the fit.

    Raises
    ------
    typer.Exit
        When the fit failed or was cancelled.
    """
    model = client.create_model(dataset.name, config, display_name=wish.title)
    fit = client.start_fit(
        model.name,
        display_name=wish.title,
        acknowledged_warnings=wish.acknowledged,
        holdout_periods=wish.holdout_periods,
    )
    with (
        cancelled_on_interrupt(console, client, [fit.name], "the fit was cancelled"),
        fit_display(console) as display,
    ):
        for snapshot in client.watch_fit(fit.name):
            fit = snapshot
            if not is_final(fit):
                display.show(fit)
    _require_success(console, fit)
    return fit


@contextmanager
def cancelled_on_interrupt(
    console: Console, client: Client, fits: Iterable[str], outcome: str
) -> Iterator[None]:
    """Cancel fits, by name, when the command is interrupted or told to end, and say so."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit) as interruption:
        for name in fits:
            with suppress(ApiError):
                client.cancel_fit(name)
        fail(console, f"Interrupted; {outcome}.")
        if isinstance(interruption, SystemExit):
            raise
        raise typer.Exit(ExitCode.INTERRUPTED) from None


def _require_success(console: Console, fit: Fit) -> None:
    if fit.state == FIT_STATE_SUCCEEDED:
        console.print(f"Fitted {escape(fit.name)}{_stage_times(fit)}.", highlight=False)
        return
    if fit.state == FIT_STATE_CANCELLED:
        fail(console, "The fit was cancelled.")
    else:
        fail(console, f"The fit failed ({fit.error.reason}). {fit.error.message}")
        if fit.error.findings:
            console.print(findings_table(fit.error.findings))
    raise typer.Exit(ExitCode.FIT_FAILED)


def _stage_times(fit: Fit) -> str:
    total = sum(stage.seconds for stage in fit.result.stage_times)
    return f" in {total:.0f} s with {escape(fit.result.sampler)}" if total else ""


def show_results(console: Console, results: RunResults) -> None:
    """Print the channel table, the diagnostics, the plan, and what follows from all of it."""
    if results.fit.acknowledged_warnings:
        codes = ", ".join(warning_codes(results.fit.acknowledged_warnings))
        console.print(f"[yellow]Fitted in spite of[/] {codes}.", highlight=False)
    console.print(channel_table(results.channels))
    _show_evidence(console, results)
    for line in diagnostics_lines(results.diagnostics):
        console.print(line, highlight=False)
    if results.fit.result.HasField("holdout"):
        for line in holdout_lines(results.fit.result.holdout):
            console.print(line, highlight=False)
    if remarkable := remarkable_checks(results.diagnostics.checks):
        console.print(check_table(remarkable))
    if results.fit.result.findings:
        console.print(findings_table(results.fit.result.findings))
    console.print()
    _show_plan(console, results.plan)
    show_conclusion(console, results.summary)


def _show_plan(console: Console, plan: OptimizeBudgetResponse | None) -> None:
    if plan is None:
        console.print("No plan: nothing was spent on paid media in the last year.", highlight=False)
        return
    console.print(plan_table(plan))
    for line in plan_lines(plan):
        console.print(line, highlight=False)


def show_conclusion(console: Console, summary: GetSummaryResponse) -> None:
    """Print what all paid media came to, what to do, and which experiment would pay."""
    console.print()
    console.print(f"[bold]{escape(summary.headline)}[/]", highlight=False)
    console.print(advice_table(summary))
    if summary.experiment:
        console.print(escape(summary.experiment), highlight=False)


def _show_evidence(console: Console, results: RunResults) -> None:
    if results.signals.effects:
        console.print(signal_table(results.signals))
    if results.lift_tests.lift_tests:
        console.print(lift_test_table(results.lift_tests))


def show_where(console: Console, folder: Path, address: str | None) -> None:
    """Print where the files are and how to look at the results in a browser."""
    command = f"mmm ui --address {shlex.quote(address)}" if address else "mmm ui"
    console.print()
    console.print(f"Results in  [bold]{escape(str(folder))}[/]", highlight=False, soft_wrap=True)
    console.print("For people  [bold]report.html[/] there, and results.xlsx", highlight=False)
    console.print(f"Open the UI [bold]{escape(command)}[/]", highlight=False, soft_wrap=True)
