"""Several outcomes of the same money as data frames for tables and charts."""

import pandas as pd

from mmm.analysis.v1.analysis_pb2 import CombinedChannel
from mmm.analysis.v1.analysis_service_pb2 import GetCombinedResultsResponse
from mmm_ui.wording import interval


def channel_table(found: GetCombinedResultsResponse) -> pd.DataFrame:
    """One row per channel, then all of them together."""
    return pd.DataFrame([_row(row) for row in (*found.channels, found.total)])


def _row(row: CombinedChannel) -> dict[str, object]:
    pays = row.HasField("above_hurdle_probability")
    return {
        "Channel": row.display_name,
        "Spend": row.spend,
        "Share of spend": row.spend_share,
        "Value": interval(row.value),
        "ROI": interval(row.roi) if row.HasField("roi") else "",
        "Marginal ROI": interval(row.marginal_roi) if row.HasField("marginal_roi") else "",
        "Pays": row.above_hurdle_probability if pays else None,
    }


def outcome_values(found: GetCombinedResultsResponse) -> pd.DataFrame:
    """Average value of each outcome by channel, and its share of the channel's value.

    An outcome's average value is its average in KPI units times the value of one.
    """
    outcomes = [f"{number} · {one.kpi_display_name}" for number, one in enumerate(found.units, start=1)]
    return pd.DataFrame(
        [
            {
                "channel": row.display_name,
                "outcome": outcome,
                "units": gained.mean,
                "value": gained.mean * worth,
                "share": gained.mean * worth / row.value.mean if row.value.mean else 0.0,
            }
            for row in (*found.channels, found.total)
            for outcome, gained, worth in zip(
                outcomes, row.incremental_outcomes, found.values_per_unit, strict=True
            )
        ]
    )


def return_points(found: GetCombinedResultsResponse) -> pd.DataFrame:
    """ROI and marginal ROI of every channel with spend, for the interval chart."""
    return pd.DataFrame(
        [
            {
                "channel": row.display_name,
                "fit": label,
                "median": figure.median,
                "lower": figure.lower,
                "upper": figure.upper,
            }
            for row in found.channels
            if row.HasField("roi")
            for label, figure in (("ROI", row.roi), ("Marginal ROI", row.marginal_roi))
        ]
    )
