"""Tables of what is true about simulated data."""

from rich.markup import escape
from rich.table import Table

from mmm_client.cli.numbers import compact, percent
from mmm_client.cli.tables import plain_table
from mmm_core.simulation import SimulatedData, media_truth, term_truth

_ABSENT = "–"
SMALLEST_SHARE = 0.0005


def media_truth_table(data: SimulatedData) -> Table:
    """True returns of all media, in the words of the KPI."""
    speaks_of_roi = data.truth.unit_value is not None
    kpi = data.config.kpi
    measure = "ROI" if speaks_of_roi else f"Cost per {kpi.label}"
    table = plain_table("True returns", f"Over all data; money in {kpi.currency}; half-life in periods.")
    table.add_column("Medium", overflow="fold", max_width=22)
    for heading in ("Spend", "Incremental", "of KPI", measure, "Next unit", "Half-life"):
        table.add_column(heading, justify="right")
    for medium in media_truth(data.truth):
        total = medium.total
        ratios = (
            (total.roi, total.marginal_roi)
            if speaks_of_roi
            else (total.cost_per_unit, total.marginal_cost_per_unit)
        )
        table.add_row(
            escape(medium.label),
            _number(total.spend),
            compact(total.incremental_outcome),
            percent(total.kpi_share),
            *map(_number, ratios),
            compact(medium.half_life_periods),
        )
    return table


def term_truth_table(data: SimulatedData) -> Table:
    """True contributions of everything else."""
    table = plain_table("True contributions of everything else")
    table.add_column("Component", overflow="fold", max_width=30)
    table.add_column("Kind")
    for heading in ("Contribution", "of KPI", "Swing per period"):
        table.add_column(heading, justify="right")
    for term in term_truth(data.truth):
        # What only moves the KPI up and down adds up to nothing but for rounding.
        nothing = abs(term.kpi_share) < SMALLEST_SHARE
        table.add_row(
            escape(term.label),
            str(term.kind),
            _ABSENT if nothing else compact(term.contribution),
            _ABSENT if nothing else percent(term.kpi_share),
            compact(term.swing),
        )
    return table


def lift_truth_table(data: SimulatedData) -> Table:
    """Lift tests: what they measured, and what was true."""
    table = plain_table("Lift tests", "In KPI units.")
    table.add_column("Test", overflow="fold", max_width=30)
    for heading in ("Spend change", "True lift", "Measured", "Standard error"):
        table.add_column(heading, justify="right")
    for test, lift in zip(data.config.lift_tests, data.true_lifts, strict=True):
        figures = (test.spend_change, lift, test.lift, test.standard_error)
        table.add_row(escape(test.display_name or test.channel), *map(compact, figures))
    return table


def _number(value: float | None) -> str:
    return _ABSENT if value is None else compact(value)
