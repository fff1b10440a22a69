"""The executive summary: what to do, what is known, what would be worth learning."""

from dataclasses import dataclass

from mmm_analysis.advice import Advice, Thresholds, Verdict, advise
from mmm_analysis.channels import ChannelRow, ChannelTable
from mmm_analysis.hurdles import Hurdle
from mmm_analysis.knowledge import Knowledge, knowledge
from mmm_core.config import Kpi
from mmm_core.fitted import FittedModel
from mmm_core.information import Information, value_of_information
from mmm_core.number_text import compact, percent
from mmm_core.quantities import Window, observed_maximum, unseen_share

# Share of the effect after the last date from which on it is said.
WORTH_SAYING = 0.02


@dataclass(frozen=True, slots=True)
class ChannelInformation:
    """What it would be worth to know a channel's response.

    Attributes
    ----------
    name, label : str
        Slug, and how people call it.
    outcome_gain : float
        KPI units.
    value_gain : float or None
        Their value.
    standard_deviation : float
        Of what the channel brings in the best plan, in KPI units.
    variance_share : float
        Share of the plan's variance that moves with the channel.
    """

    name: str
    label: str
    outcome_gain: float
    value_gain: float | None
    standard_deviation: float
    variance_share: float


@dataclass(frozen=True, slots=True)
class Summary:
    """The executive summary.

    Attributes
    ----------
    headline, experiment : str
        Plain words about all paid media, and about the experiment that would pay most.
    total : ChannelRow
        All paid media together.
    advice : list of Advice
        About paid channels.
    knowledge : list of Knowledge
        Best known first.
    information : list of ChannelInformation
        Most worth first.
    hurdle : Hurdle
        What the next unit of money is to return.
    """

    headline: str
    total: ChannelRow
    advice: list[Advice]
    knowledge: list[Knowledge]
    information: list[ChannelInformation]
    experiment: str
    hurdle: Hurdle


def summarise(fit: FittedModel, window: Window, table: ChannelTable, limits: Thresholds) -> Summary:
    """Summarise the channel table of a window."""
    most, kpi = observed_maximum(fit, window), fit.config.kpi
    advice = [
        advise(row, table.hurdle, limits, kpi, float(most[place]))
        for place, row in enumerate(table.rows[: fit.paid_count])
    ]
    information = _information(fit, value_of_information(fit))
    return Summary(
        " ".join([_brought(table.total_paid, kpi), *_still_to_come(fit, window), _moves(advice)]),
        table.total_paid,
        advice,
        knowledge(fit),
        information,
        _experiment(information, kpi),
        table.hurdle,
    )


def _brought(total: ChannelRow, kpi: Kpi) -> str:
    """What all paid media brought, in a sentence."""
    returns, outcome = total.returns, total.returns.outcome
    if not returns.spend:
        return "Nothing was spent on paid media in this window."
    unit = kpi.currency if kpi.kind == "revenue" else kpi.label
    gained = f"{compact(outcome.median)} {unit} ({compact(outcome.lower)} to {compact(outcome.upper)})"
    share = percent(returns.effect_share.median)
    sentence = f"Paid media brought {gained}, {share} of the KPI, for {compact(returns.spend)} {kpi.currency}"
    if kpi.kind == "count" and returns.cost_per_unit:
        cost = returns.cost_per_unit
        return (
            f"{sentence}: {compact(cost.median)} {kpi.currency} each "
            f"({compact(cost.lower)} to {compact(cost.upper)})."
        )
    if returns.roi:
        roi = returns.roi
        return (
            f"{sentence}: {compact(roi.median)} back for each {kpi.currency} "
            f"({compact(roi.lower)} to {compact(roi.upper)})."
        )
    return f"{sentence}."


def _still_to_come(fit: FittedModel, window: Window) -> list[str]:
    """Say how much of the effect lies after the data, when that is worth saying."""
    share = unseen_share(fit, window)
    if share < WORTH_SAYING:
        return []
    return [
        f"About {percent(share)} of what this window's money brings lies after the last date and is not "
        "counted: its returns look too low."
    ]


def _moves(advice: list[Advice]) -> str:
    """Which channels to move, in a sentence."""
    more, less = (
        [one.label for one in advice if one.verdict is verdict]
        for verdict in (Verdict.INCREASE, Verdict.REDUCE)
    )
    if not more and not less:
        return "For no channel is it clear that more, or less, would be better."
    parts = [f"more on {', '.join(more)}"] if more else []
    parts += [f"less on {', '.join(less)}"] if less else []
    return f"Spend {' and '.join(parts)}."


def _information(fit: FittedModel, found: Information | None) -> list[ChannelInformation]:
    if found is None:
        return []
    listed = [
        ChannelInformation(
            medium.name,
            medium.label,
            float(found.gain[place]),
            None if fit.unit_value is None else float(found.gain[place] * fit.unit_value),
            float(found.standard_deviation[place]),
            float(found.variance_share[place]),
        )
        for place, medium in enumerate(fit.config.channels)
    ]
    return sorted(listed, key=lambda one: -one.outcome_gain)


def _experiment(information: list[ChannelInformation], kpi: Kpi) -> str:
    """Which experiment would pay most, in plain words."""
    if not information:
        return ""
    best = information[0]
    if best.outcome_gain <= 0:
        return "No experiment would change the split of next year's budget."
    worth = (
        f"{compact(best.outcome_gain)} {kpi.label}"
        if best.value_gain is None
        else f"{compact(best.value_gain)} {kpi.currency}"
    )
    return (
        f"An experiment on {best.label} would pay most: to know exactly how it responds would make next "
        f"year's budget, at the level of the last, bring about {worth} more. What it would "
        "teach about other channels, and about the size of the budget, comes on top and is not counted."
    )
