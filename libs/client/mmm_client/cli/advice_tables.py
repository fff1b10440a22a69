"""The executive summary as tables and lines."""

from rich.markup import escape
from rich.table import Table

from mmm.analysis.v1.analysis_pb2 import (
    VERDICT_INCREASE,
    VERDICT_REDUCE,
    ChannelAdvice,
    ChannelInformation,
    Verdict,
)
from mmm.analysis.v1.analysis_service_pb2 import GetSummaryResponse
from mmm_client.cli.numbers import compact, percent
from mmm_client.cli.tables import ABSENT, plain_table
from mmm_core.advice_words import (
    ADVICE_AND_PLANS,
    LEVEL_WORDS,
    VERDICT_WORDS,
    breakeven_spend,
    headroom,
    hurdle_sentence,
)

_STYLES: dict[Verdict, str] = {VERDICT_INCREASE: "green", VERDICT_REDUCE: "yellow"}


def advice_table(summary: GetSummaryResponse) -> Table:
    """What to do with the money of each channel."""
    table = plain_table(
        "What to do",
        f"{hurdle_sentence(summary.hurdle, summary.units)} Pays: probability that it does. "
        f"Up to: median spend of the window at which the next unit of money still does. {ADVICE_AND_PLANS}",
    )
    table.add_column("Channel", overflow="fold", max_width=20)
    table.add_column("Advice")
    for heading in ("Pays", "Up to", "Headroom"):
        table.add_column(heading, justify="right", overflow="fold")
    table.add_column("In words", overflow="fold")
    for one in summary.advice:
        table.add_row(*_advice_row(one))
    return table


def _advice_row(one: ChannelAdvice) -> list[str]:
    reach = one.breakeven if one.HasField("breakeven") else None
    style = _STYLES.get(one.verdict, "default")
    return [
        escape(one.display_name or one.name),
        f"[{style}]{VERDICT_WORDS[one.verdict]}[/]",
        percent(one.probability) if reach else ABSENT,
        breakeven_spend(reach) if reach else ABSENT,
        headroom(reach) if reach else ABSENT,
        escape(one.sentence),
    ]


def knowledge_table(summary: GetSummaryResponse) -> Table:
    """How well the return of every medium is known."""
    table = plain_table("What is known", "Width: 90 % interval of the return over its median.")
    table.add_column("Medium", overflow="fold", max_width=22)
    table.add_column("Known")
    table.add_column("Width", justify="right")
    table.add_column("In words", overflow="fold")
    for one in summary.knowledge:
        table.add_row(
            escape(one.display_name or one.name),
            LEVEL_WORDS[one.level],
            percent(one.relative_width),
            escape(one.sentence),
        )
    return table


def information_table(summary: GetSummaryResponse) -> Table:
    """What it would be worth to know each channel's response."""
    in_money = any(one.HasField("value_gain") for one in summary.information)
    unit = summary.units.currency if in_money else summary.units.kpi_display_name
    table = plain_table(
        "What an experiment is worth",
        "To know its response exactly. Share: of what is open about next year's plan.",
    )
    table.add_column("Channel", overflow="fold", max_width=30)
    for heading in (f"Worth, {unit}", "Share"):
        table.add_column(heading, justify="right")
    for one in summary.information:
        table.add_row(escape(one.display_name or one.name), compact(_worth(one)), percent(one.variance_share))
    return table


def _worth(one: ChannelInformation) -> float:
    return one.value_gain if one.HasField("value_gain") else one.outcome_gain
