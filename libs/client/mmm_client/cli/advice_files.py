"""Advice, carryover and what information is worth, as files."""

from collections.abc import Iterable
from pathlib import Path

from mmm.analysis.v1.analysis_pb2 import CarryoverCurve, ChannelAdvice, ChannelInformation, Verdict
from mmm_client.cli.csv_files import estimate_cells, estimate_columns, write_csv
from mmm_client.cli.message_cells import BREAKEVEN_COLUMNS, breakeven_cells, optional

_INFORMATION = ("name", "display_name", "outcome_gain", "standard_deviation", "variance_share")


def write_advice(advice: Iterable[ChannelAdvice], path: Path) -> None:
    """Write one row per channel; the verdict of one that was not used is empty."""
    columns = ["name", "display_name", "verdict", "probability", *BREAKEVEN_COLUMNS]
    rows = (
        {
            "name": one.name,
            "display_name": one.display_name,
            "verdict": Verdict.Name(one.verdict).removeprefix("VERDICT_").lower() if one.verdict else None,
            "probability": one.probability if one.verdict else None,
            **breakeven_cells(optional(one, "breakeven")),
            "extrapolated": one.extrapolated,
            "sentence": one.sentence,
        }
        for one in advice
    )
    write_csv(path, [*columns, "extrapolated", "sentence"], rows)


def write_carryover(curves: Iterable[CarryoverCurve], path: Path) -> None:
    """Write one row per medium and period after the exposure, from 0 on."""
    columns = ["name", "display_name", "periods_after", *estimate_columns("weight")]
    rows = (
        {
            "name": curve.name,
            "display_name": curve.display_name,
            "periods_after": lag,
            **estimate_cells("weight", weight),
        }
        for curve in curves
        for lag, weight in enumerate(curve.weights)
    )
    write_csv(path, columns, rows)


def write_information(information: Iterable[ChannelInformation], path: Path) -> None:
    """Write one row per channel, the one that is most worth knowing first."""
    rows = (
        {field: getattr(one, field) for field in _INFORMATION} | {"value_gain": optional(one, "value_gain")}
        for one in information
    )
    write_csv(path, [*_INFORMATION, "value_gain"], rows)
