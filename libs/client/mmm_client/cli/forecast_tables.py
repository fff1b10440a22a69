"""Forecasts and how good they were, as lines and tables."""

from collections.abc import Iterable, Iterator

from rich.markup import escape
from rich.table import Table

from mmm.analysis.v1.analysis_pb2 import ForecastPeriod
from mmm.analysis.v1.analysis_service_pb2 import ForecastKpiResponse
from mmm.common.v1.common_pb2 import ForecastScore
from mmm.fitting.v1.fitting_pb2 import FIT_STATE_SUCCEEDED, CrossValidation, FitState, Holdout
from mmm_client.cli.csv_files import estimate_cells, estimate_columns
from mmm_client.cli.numbers import compact, interval, interval_name, percent
from mmm_client.cli.tables import plain_table
from mmm_core.spreadsheet_cells import Cell

FORECAST_COLUMNS = ("date", *estimate_columns("expected"), *estimate_columns("predicted"), "observed")


def holdout_lines(holdout: Holdout) -> Iterator[str]:
    """How well the withheld periods of a fit were foretold."""
    yield (
        f"[bold]Withheld[/]  {holdout.period_count} periods, {holdout.window.start} to {holdout.window.end}: "
        f"{_score(holdout.score)}; seasonal-naive forecast: {_score(holdout.naive_score)}"
    )


def _score(score: ForecastScore) -> str:
    return (
        f"{percent(score.coverage)} inside the 90 % intervals, MAPE {percent(score.mape)}, "
        f"CRPS {compact(score.crps)}"
    )


def folds_table(found: CrossValidation) -> Table:
    """One row per fold, then the average."""
    table = plain_table(
        f"Time-slice cross-validation: {found.fold_count} folds of {found.horizon_periods} periods",
        caption="CRPS: continuous ranked probability score in KPI units, smaller is better. Naive: every "
        "period repeats that of the last season.",
    )
    for heading in ("Withheld", "In 90 % interval", "MAPE", "CRPS", "Naive MAPE", "Naive CRPS"):
        table.add_column(heading, justify="left" if heading == "Withheld" else "right")
    for fold in found.folds:
        window = f"{fold.window.start} to {fold.window.end}"
        if fold.state == FIT_STATE_SUCCEEDED:
            table.add_row(window, *_figures(fold.holdout.score, fold.holdout.naive_score))
        else:
            table.add_row(window, FitState.Name(fold.state).removeprefix("FIT_STATE_").lower())
    if found.HasField("score"):
        table.add_section()
        table.add_row("Average", *_figures(found.score, found.naive_score))
    return table


def _figures(score: ForecastScore, naive: ForecastScore) -> tuple[str, ...]:
    return (
        percent(score.coverage),
        percent(score.mape),
        compact(score.crps),
        percent(naive.mape),
        compact(naive.crps),
    )


def forecast_table(answer: ForecastKpiResponse) -> Table:
    """One row per period, then the total."""
    name = interval_name(answer.expected_total)
    table = plain_table(f"Forecast of {escape(answer.units.kpi_display_name)}")
    known = any(period.HasField("observed") for period in answer.periods)
    for heading in ("Period", "Expected", name, f"With chance, {name}", *(["Observed"] if known else [])):
        table.add_column(heading, justify="left" if heading == "Period" else "right")
    for period in answer.periods:
        observed = [compact(period.observed)] if known else []
        expected, predicted = period.expected, period.predicted
        table.add_row(period.date, compact(expected.mean), interval(expected), interval(predicted), *observed)
    table.add_section()
    total = answer.expected_total
    table.add_row("Total", compact(total.mean), interval(total), interval(answer.predicted_total))
    return table


def forecast_lines(answer: ForecastKpiResponse) -> Iterator[str]:
    """What to know about a forecast beside its figures."""
    if answer.HasField("score"):
        yield f"Against the observed KPI: {_score(answer.score)}."
    if answer.extrapolated_media:
        names = ", ".join(answer.extrapolated_media)
        yield f"[yellow]Used more than ever in the data, so extrapolated:[/] {escape(names)}."


def forecast_rows(periods: Iterable[ForecastPeriod]) -> Iterator[dict[str, Cell]]:
    """Rows of a CSV file with the columns `FORECAST_COLUMNS`."""
    for period in periods:
        yield {
            "date": period.date,
            **estimate_cells("expected", period.expected),
            **estimate_cells("predicted", period.predicted),
            "observed": period.observed if period.HasField("observed") else None,
        }
