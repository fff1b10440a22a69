"""Layouts of what is said about media: returns, advice, curves, carryover, and what is known."""

from dataclasses import dataclass

from mmm.analysis.v1.analysis_pb2 import CarryoverCurve, ResponseCurve, ResponsePoint
from mmm.common.v1.common_pb2 import Estimate
from mmm_analysis.report.table import CellType, Column, Layout, estimate, estimates_from, field, text

_SLUG = text("name", "Name of the medium in the configuration.")
_LABEL = text("display_name", "How people call it.")

_BREAKEVEN = (
    field(
        "spend",
        "Largest spend of the window at which the next unit of money still returns the hurdle, median; 0 "
        "where it never does, empty beyond what was explored.",
        of="breakeven",
        column="breakeven_spend",
    ),
    field("lower", "Lower end of its interval.", of="breakeven", column="breakeven_lower"),
    field("upper", "Upper end of its interval.", of="breakeven", column="breakeven_upper"),
    field(
        "headroom", "Breakeven spend over the window's, minus one, median.", CellType.SHARE, of="breakeven"
    ),
    field("headroom_lower", "Lower end of its interval.", CellType.SHARE, of="breakeven"),
    field("headroom_upper", "Upper end of its interval.", CellType.SHARE, of="breakeven"),
    field(
        "beyond_probability",
        "Share of draws in which the hurdle is still returned at the furthest spend explored.",
        CellType.SHARE,
        of="breakeven",
    ),
    field(
        "never_probability",
        "Share of draws in which it is returned at no spend.",
        CellType.SHARE,
        of="breakeven",
    ),
)

CHANNELS = Layout(
    "channels",
    "One row per medium, and one for all paid media together",
    (
        _SLUG,
        _LABEL,
        text("kind", "paid or owned."),
        field("spend", "Money in the window; empty for media without a cost."),
        field("spend_share", "Its share of the spend of all rows.", CellType.SHARE),
        *estimate(
            "incremental_outcome", "KPI units that the window's spend brings, carryover after it included."
        ),
        *estimate("contribution", "Part of the expected KPI of the window's dates, in KPI units."),
        *estimate("effect_share", "Contribution over the window's expected KPI.", CellType.SHARE),
        *estimate("media_effect_share", "Share of the incremental outcome of all rows.", CellType.SHARE),
        *estimate("roi", "Value per unit of money; empty for a count KPI without a value."),
        *estimate("cost_per_unit", "Money per KPI unit; for a count KPI."),
        *estimate("marginal_roi", "Value of the next unit of money, flighting kept."),
        *estimate("marginal_cost_per_unit", "Money for the next KPI unit; for a count KPI."),
        *estimate("prior", "ROI, or cost per unit of a count KPI, believed before the fit."),
        *estimate("half_life_periods", "Periods until half of an exposure's effect has been felt."),
        field(
            "above_hurdle_probability",
            "Probability that the next unit of money returns the hurdle.",
            CellType.SHARE,
        ),
        *_BREAKEVEN,
    ),
)

ADVICE = Layout(
    "summary",
    "What to do with the money of each paid channel",
    (
        _SLUG,
        _LABEL,
        text("verdict", "increase, hold or reduce; empty when nothing was spent."),
        field("probability", "Probability that the next unit of money returns the hurdle.", CellType.SHARE),
        *_BREAKEVEN,
        field(
            "extrapolated",
            "Whether the way to the breakeven leads beyond the largest spend ever observed in a period.",
            CellType.YES_NO,
        ),
        text("sentence", "The advice in plain words."),
    ),
)

KNOWLEDGE = Layout(
    "knowledge",
    "How well the return of each medium is known",
    (
        _SLUG,
        _LABEL,
        text("level", "well, roughly or poorly."),
        field("relative_width", "Width of the 90 % interval of the return over its median."),
        field(
            "learned",
            "Share of the belief's interval, in logarithms, that the data took away.",
            CellType.SHARE,
        ),
        text("sentence", "The same in plain words."),
    ),
)

INFORMATION = Layout(
    "information",
    "What it would be worth to know a channel's response, most first",
    (
        _SLUG,
        _LABEL,
        field("outcome_gain", "KPI units next year's best plan gains when the response is known before."),
        field("value_gain", "Their value; empty for a KPI without a value."),
        field("standard_deviation", "Of what the channel brings in that plan, in KPI units."),
        field("variance_share", "Share of the plan's variance that moves with the channel.", CellType.SHARE),
    ),
)


@dataclass(frozen=True, slots=True)
class CurveRow:
    """A point of a channel's response curve; `mark` says why it is marked."""

    curve: ResponseCurve
    point: ResponsePoint
    mark: str | None


RESPONSE_CURVES = Layout(
    "response_curves",
    "What each paid channel brings when the window's spend is multiplied, flighting kept",
    (
        Column(
            "name", "Name of the channel in the configuration.", CellType.TEXT, lambda row: row.curve.name
        ),
        Column("display_name", "How people call it.", CellType.TEXT, lambda row: row.curve.display_name),
        Column(
            "mark",
            "current, breakeven or observed_maximum for a point worth marking; empty for the others.",
            CellType.TEXT,
            lambda row: row.mark,
        ),
        Column(
            "multiplier", "Multiple of the window's spend.", CellType.NUMBER, lambda row: row.point.multiplier
        ),
        Column("spend", "Money in the window.", CellType.NUMBER, lambda row: row.point.spend),
        *estimates_from(
            "incremental_outcome", "KPI units gained.", lambda row: row.point.incremental_outcome
        ),
        *estimates_from(
            "marginal_return",
            "Value of the next unit of money here, or KPI units of it for a KPI without a value.",
            lambda row: row.point.marginal_return if row.point.HasField("marginal_return") else None,
        ),
        Column(
            "extrapolated",
            "Whether it lies beyond the largest spend the model has seen in a period.",
            CellType.YES_NO,
            lambda row: row.point.extrapolated,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class CarryoverRow:
    """Share of a medium's effect that is felt so many periods after the exposure."""

    curve: CarryoverCurve
    periods_after: int
    weight: Estimate


CARRYOVER = Layout(
    "carryover",
    "How an exposure's effect is spread over the periods after it",
    (
        Column("name", "Name of the medium in the configuration.", CellType.TEXT, lambda row: row.curve.name),
        Column("display_name", "How people call it.", CellType.TEXT, lambda row: row.curve.display_name),
        Column(
            "periods_after",
            "Periods after the exposure, from 0.",
            CellType.WHOLE,
            lambda row: row.periods_after,
        ),
        *estimates_from(
            "weight", "Share of the effect that is felt then.", lambda row: row.weight, CellType.SHARE
        ),
    ),
)
