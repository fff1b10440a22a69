"""What priors imply, as a table and a sentence."""

from rich.markup import escape
from rich.table import Table

from mmm.common.v1.common_pb2 import Estimate
from mmm.fitting.v1.fitting_pb2 import PriorPreview
from mmm_client.cli.numbers import compact, interval, interval_name, percent
from mmm_client.cli.tables import plain_table

ABSENT = "–"


def prior_table(preview: PriorPreview) -> Table:
    """One row per medium: returns and shares of the KPI before any data are seen."""
    name = interval_name(preview.media[0].effect_share)
    table = plain_table("Before the fit", f"Prior medians; in brackets the {name}.")
    table.add_column("Medium", overflow="fold")
    for heading in ("ROI", "Cost per unit", "Share of KPI"):
        table.add_column(heading, justify="right")
    for medium in preview.media:
        table.add_row(
            escape(medium.display_name),
            _with_interval(medium.roi) if medium.HasField("roi") else ABSENT,
            _with_interval(medium.cost_per_unit) if medium.HasField("cost_per_unit") else ABSENT,
            f"{percent(medium.effect_share.median)} "
            f"({percent(medium.effect_share.lower)} – {percent(medium.effect_share.upper)})",
        )
    return table


def _with_interval(estimate: Estimate) -> str:
    return f"{compact(estimate.median)} ({interval(estimate)})"


def prior_line(preview: PriorPreview) -> str:
    """Whether the data lie where the priors expect them."""
    inside = sum(
        estimate.lower <= value <= estimate.upper
        for value, estimate in zip(preview.observed, preview.predicted, strict=True)
    )
    periods = len(preview.observed)
    return (
        f"{inside} of {periods} observed values lie inside the prior predictive interval; "
        f"{percent(preview.negative_share)} of all predicted values are below zero."
    )
