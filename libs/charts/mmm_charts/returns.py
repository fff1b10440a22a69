"""What the money of media returns, and shares of money beside shares of effect."""

from collections.abc import Iterable

import altair as alt
import pandas as pd

from mmm.analysis.v1.analysis_pb2 import ChannelResult
from mmm_charts.style import ACCENT, FRAME_HEIGHT, INK, MUTED, ROW_HEIGHT, AnyChart
from mmm_core.return_words import ReturnWords

_SPEND, _EFFECT = "Of spend", "Of media effect"


def return_points(channels: Iterable[ChannelResult], words: ReturnWords) -> pd.DataFrame:
    """Return of every medium that has one, posterior and prior, for the interval chart."""
    rows = []
    for channel in channels:
        figure = words.of(channel)
        if figure is None:
            continue
        for source, value in (("Posterior", figure), ("Prior", channel.prior)):
            rows.append(
                {
                    "channel": channel.display_name,
                    "source": source,
                    "median": value.median,
                    "lower": value.lower,
                    "upper": value.upper,
                }
            )
    return pd.DataFrame(rows)


def return_chart(points: pd.DataFrame, title: str, break_even: float | None) -> AnyChart:
    """Interval of every channel's return, posterior over prior, with the break-even line."""
    order = points.loc[points["source"] == "Posterior"].sort_values("median", ascending=False)["channel"]
    colour = alt.Color(
        "source:N",
        scale=alt.Scale(domain=["Posterior", "Prior"], range=[ACCENT, MUTED]),
        legend=alt.Legend(orient="top", title=None),
    )
    base = alt.Chart(points).encode(
        y=alt.Y("channel:N", sort=list(order), title=None, axis=alt.Axis(labelLimit=180)),
        yOffset=alt.YOffset("source:N", sort=["Posterior", "Prior"]),
        color=colour,
        tooltip=[
            alt.Tooltip("channel:N", title="Channel"),
            alt.Tooltip("source:N", title="Source"),
            alt.Tooltip("median:Q", format=",.3g", title="Median"),
            alt.Tooltip("lower:Q", format=",.3g", title="Lower"),
            alt.Tooltip("upper:Q", format=",.3g", title="Upper"),
        ],
    )
    bars = base.mark_rule(strokeWidth=4, opacity=0.75, strokeCap="round").encode(
        x=alt.X("lower:Q", title=title, axis=alt.Axis(tickCount=8)), x2="upper:Q"
    )
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(x="median:Q")
    layers = [bars, dots]
    if break_even is not None:
        line = alt.Chart(pd.DataFrame({"at": [break_even]})).mark_rule(strokeDash=[4, 4], color=INK)
        layers.append(line.encode(x="at:Q"))
    return alt.layer(*layers).properties(height=FRAME_HEIGHT + ROW_HEIGHT * len(order))


def share_points(channels: Iterable[ChannelResult]) -> pd.DataFrame:
    """Shares of spend and of the media effect, for media with a cost; the effect with its interval."""
    rows = []
    for row in channels:
        if not row.HasField("spend_share"):
            continue
        effect, spend = row.media_effect_share, row.spend_share
        rows.append((row.display_name, _SPEND, spend, spend, spend))
        rows.append((row.display_name, _EFFECT, effect.median, effect.lower, effect.upper))
    return pd.DataFrame(rows, columns=["channel", "share", "value", "lower", "upper"])


def share_chart(points: pd.DataFrame) -> AnyChart:
    """Share of spend above share of effect with its interval."""
    order = [_SPEND, _EFFECT]
    base = alt.Chart(points).encode(
        y=alt.Y("channel:N", sort=None, title=None, axis=alt.Axis(labelLimit=180)),
        yOffset=alt.YOffset("share:N", sort=order),
    )
    bars = base.mark_bar(cornerRadiusEnd=3).encode(
        x=alt.X("value:Q", title="Share", axis=alt.Axis(format="%", tickCount=8)),
        color=alt.Color(
            "share:N",
            scale=alt.Scale(domain=order, range=[MUTED, ACCENT]),
            legend=alt.Legend(orient="top", title=None),
        ),
        tooltip=[
            alt.Tooltip("channel:N", title="Channel"),
            alt.Tooltip("share:N", title="Share"),
            alt.Tooltip("value:Q", format=".1%", title="Median"),
            alt.Tooltip("lower:Q", format=".1%", title="Lower"),
            alt.Tooltip("upper:Q", format=".1%", title="Upper"),
        ],
    )
    whiskers = base.mark_rule(color=INK, strokeWidth=1.5).encode(x="lower:Q", x2="upper:Q")
    return alt.layer(bars, whiskers).properties(
        height=FRAME_HEIGHT + ROW_HEIGHT * points["channel"].nunique()
    )
