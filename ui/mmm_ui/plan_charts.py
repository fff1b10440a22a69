"""Charts of plans and of the outcome against the budget."""

import altair as alt
import pandas as pd

from mmm_charts.style import ACCENT, COMPONENT_COLOURS, FRAME_HEIGHT, INK, MUTED, ROW_HEIGHT, AnyChart

_HEIGHT = 300
_MONEY = alt.Axis(format="~s")


def allocation(plan: pd.DataFrame) -> alt.Chart:
    """Spend now and in the plan, side by side."""
    long = plan.melt(id_vars="Channel", value_vars=["Now", "Plan"], var_name="when", value_name="spend")
    return (
        alt.Chart(long)
        .mark_bar(cornerRadiusEnd=3)
        .encode(
            y=alt.Y("Channel:N", sort=None, title=None, axis=alt.Axis(labelLimit=180)),
            yOffset=alt.YOffset("when:N", sort=["Now", "Plan"]),
            x=alt.X("spend:Q", title="Spend over the horizon", axis=alt.Axis(format="~s")),
            color=alt.Color(
                "when:N",
                scale=alt.Scale(domain=["Now", "Plan"], range=[MUTED, ACCENT]),
                legend=alt.Legend(orient="top", title=None),
            ),
            tooltip=["Channel:N", "when:N", alt.Tooltip("spend:Q", format=",.4s")],
        )
        .properties(height=FRAME_HEIGHT + ROW_HEIGHT * len(plan))
    )


def spend_by_period(spends: pd.DataFrame) -> alt.Chart:
    """Money per period, channels stacked."""
    channels = list(dict.fromkeys(spends["channel"]))
    return (
        alt.Chart(spends)
        .mark_bar()
        .encode(
            x=alt.X("date:T", title=None),
            y=alt.Y("spend:Q", stack="zero", title="Spend", axis=_MONEY),
            color=alt.Color(
                "channel:N",
                scale=alt.Scale(domain=channels, range=list(COMPONENT_COLOURS)),
                legend=alt.Legend(title=None, orient="top", symbolType="square"),
            ),
            tooltip=[
                alt.Tooltip("date:T", title="Period"),
                alt.Tooltip("channel:N", title="Channel"),
                alt.Tooltip("spend:Q", format=",.4s", title="Spend"),
            ],
        )
        .properties(height=_HEIGHT)
    )


def outcome_by_period(outcomes: pd.DataFrame, kpi: str) -> AnyChart:
    """KPI units gained in every period, with their interval."""
    base = alt.Chart(outcomes).encode(x=alt.X("date:T", title=None))
    return alt.layer(*_band(base, f"{kpi} gained")).properties(height=_HEIGHT)


def cells(spends: pd.DataFrame) -> alt.Chart:
    """Money per cell of a panel, channels stacked."""
    channels = list(dict.fromkeys(spends["channel"]))
    return (
        alt.Chart(spends)
        .mark_bar()
        .encode(
            y=alt.Y("cell:N", sort=None, title=None, axis=alt.Axis(labelLimit=220, labelOverlap=False)),
            x=alt.X("spend:Q", title="Spend over the horizon", axis=_MONEY),
            color=alt.Color(
                "channel:N",
                scale=alt.Scale(domain=channels, range=list(COMPONENT_COLOURS)),
                legend=alt.Legend(title=None, orient="top", symbolType="square"),
            ),
            tooltip=["cell:N", "channel:N", alt.Tooltip("spend:Q", format=",.4s")],
        )
        .properties(height=FRAME_HEIGHT + ROW_HEIGHT // 2 * spends["cell"].nunique())
    )


def frontier(points: pd.DataFrame, marks: pd.DataFrame, kpi: str) -> AnyChart:
    """Outcome of the best plan of every budget with its interval; budgets that matter are marked.

    Parameters
    ----------
    points : data frame
        Columns ``budget``, ``mean``, ``lower``, ``upper``.
    marks : data frame
        Columns ``budget`` and ``mark``, what it is.
    kpi : str
        Name of the KPI.
    """
    base = alt.Chart(points).encode(x=alt.X("budget:Q", title="Budget over the horizon", axis=_MONEY))
    return alt.layer(*_band(base, f"{kpi} gained"), *_marked(marks)).properties(height=_HEIGHT)


def marginal_return(points: pd.DataFrame, marks: pd.DataFrame, title: str, hurdle: float) -> AnyChart:
    """What the next unit of money brings at every budget, and what it is to bring.

    Columns as for `frontier`.
    """
    base = alt.Chart(points).encode(x=alt.X("budget:Q", title="Budget over the horizon", axis=_MONEY))
    line = alt.Chart(pd.DataFrame({"at": [hurdle]})).mark_rule(strokeDash=[2, 3], color=INK).encode(y="at:Q")
    return alt.layer(*_band(base, title), line, *_marked(marks)).properties(height=_HEIGHT)


def trade_off(points: pd.DataFrame, kpi: str, bad_case: str) -> alt.Chart:
    """Plans of one budget: what they bring on average, against what they bring in a bad case.

    Columns ``plan``, ``mean`` and ``lower``.
    """
    base = alt.Chart(points).encode(
        x=alt.X("lower:Q", title=bad_case, axis=_MONEY, scale=alt.Scale(zero=False)),
        y=alt.Y("mean:Q", title=f"{kpi} gained on average", axis=_MONEY, scale=alt.Scale(zero=False)),
        tooltip=[
            alt.Tooltip("plan:N", title="Best in"),
            alt.Tooltip("mean:Q", format=",.4s", title="Average"),
            alt.Tooltip("lower:Q", format=",.4s", title="Bad case"),
        ],
    )
    dots = base.mark_point(filled=True, size=110, opacity=1).encode(
        color=alt.Color("plan:N", sort=None, scale=alt.Scale(range=list(COMPONENT_COLOURS)), title="Best in")
    )
    return dots.properties(height=_HEIGHT)


def _band(base: alt.Chart, title: str) -> list[alt.Chart]:
    """Interval and mean."""
    band = base.mark_area(color=ACCENT, opacity=0.2).encode(
        y=alt.Y("lower:Q", title=title, axis=_MONEY), y2="upper:Q"
    )
    line = base.mark_line(
        color=ACCENT, strokeWidth=2, point=alt.OverlayMarkDef(color=ACCENT, size=18)
    ).encode(
        y="mean:Q",
        tooltip=[
            alt.Tooltip("mean:Q", format=",.4s", title="Mean"),
            alt.Tooltip("lower:Q", format=",.4s", title="Lower"),
            alt.Tooltip("upper:Q", format=",.4s", title="Upper"),
        ],
    )
    return [band, line]


def _marked(marks: pd.DataFrame) -> list[alt.Chart]:
    """Vertical lines with what they are."""
    base = alt.Chart(marks).encode(x="budget:Q")
    rules = base.mark_rule(strokeDash=[5, 4], color=INK).encode(
        tooltip=["mark:N", alt.Tooltip("budget:Q", format=",.4s", title="Budget")]
    )
    words = base.mark_text(align="left", baseline="top", dx=4, color=INK).encode(
        text="mark:N", y=alt.value(4), yOffset=alt.YOffset("place:Q", scale=alt.Scale(range=[0, 16]))
    )
    return [rules, words]
