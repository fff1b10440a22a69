"""What to do with the money of each channel."""

from dataclasses import dataclass
from enum import StrEnum

from mmm_analysis.breakevens import Breakeven
from mmm_analysis.channels import ChannelRow
from mmm_analysis.hurdles import Hurdle
from mmm_core.config import Kpi
from mmm_core.errors import Violation
from mmm_core.number_text import chance, compact

INCREASE_PROBABILITY = 0.8
REDUCE_PROBABILITY = 0.2


class Verdict(StrEnum):
    """What to do."""

    INCREASE = "increase"
    HOLD = "hold"
    REDUCE = "reduce"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities that the next unit of money returns the hurdle.

    Attributes
    ----------
    increase, reduce : float
        From the first on the advice is to increase, down from the second to reduce.
    """

    increase: float = INCREASE_PROBABILITY
    reduce: float = REDUCE_PROBABILITY


@dataclass(frozen=True, slots=True)
class Advice:
    """Advice about one channel.

    Attributes
    ----------
    name, label : str
        Slug, and how people call it.
    verdict : Verdict or None
        What to do; None when nothing was spent.
    probability : float
        Probability that the next unit of money returns the hurdle.
    breakeven : Breakeven or None
        How far to go.
    extrapolated : bool
        Whether the way there leads beyond what was ever observed.
    sentence : str
        The advice in plain words.
    """

    name: str
    label: str
    verdict: Verdict | None
    probability: float
    breakeven: Breakeven | None
    extrapolated: bool
    sentence: str


def thresholds_of(increase: float | None, reduce: float | None) -> Thresholds:
    """Give what a caller asks for, with defaults for the rest."""
    return Thresholds(
        INCREASE_PROBABILITY if increase is None else increase,
        REDUCE_PROBABILITY if reduce is None else reduce,
    )


def threshold_problems(asked: Thresholds) -> list[Violation]:
    """Find everything that is wrong with what a caller asks for."""
    fields = {"increase_probability": asked.increase, "reduce_probability": asked.reduce}
    fix = "Give a probability between 0 and 1."
    problems = [
        Violation(field, "is not a probability.", fix, str(value), "OUT_OF_RANGE")
        for field, value in fields.items()
        if not 0 <= value <= 1
    ]
    if not problems and asked.reduce >= asked.increase:
        fix = f"Give less than increase_probability, {asked.increase:g}."
        got = f"{asked.reduce:g}"
        problems.append(Violation("reduce_probability", "leaves nothing to hold.", fix, got, "OUT_OF_RANGE"))
    return problems


def advise(row: ChannelRow, hurdle: Hurdle, limits: Thresholds, kpi: Kpi, observed_maximum: float) -> Advice:
    """Give advice about one row of the channel table.

    Parameters
    ----------
    row : ChannelRow
        The channel.
    hurdle : Hurdle
        What the next unit of money is to return.
    limits : Thresholds
        Where advice begins.
    kpi : Kpi
        For its words.
    observed_maximum : float
        Multiple of the spend beyond which nothing was observed.
    """
    probability, reach = row.above_hurdle, row.breakeven
    if probability is None or reach is None:
        sentence = f"Nothing was spent on {row.label} in this window."
        return Advice(row.name, row.label, None, 0.0, None, False, sentence)
    verdict = _verdict(probability, limits)
    goes_beyond = reach.median is None or reach.median > observed_maximum
    extrapolated = verdict is Verdict.INCREASE and goes_beyond
    sentence = " ".join(
        part
        for part in (
            _opening(row.label, verdict, probability, _returned(hurdle, kpi)),
            _way(reach, verdict, kpi.currency),
            "Spend that high was never observed: go there in steps." if extrapolated else "",
        )
        if part
    )
    return Advice(row.name, row.label, verdict, probability, reach, extrapolated, sentence)


def _verdict(probability: float, limits: Thresholds) -> Verdict:
    if probability >= limits.increase:
        return Verdict.INCREASE
    return Verdict.REDUCE if probability <= limits.reduce else Verdict.HOLD


def _returned(hurdle: Hurdle, kpi: Kpi) -> str:
    """What the next unit of money does when it returns the hurdle."""
    if kpi.kind == "count":
        return f"brings {kpi.label} for {compact(1 / hurdle.outcome)} {kpi.currency} each or less"
    return "pays for itself" if hurdle.marginal_return == 1 else f"returns {compact(hurdle.marginal_return)}"


def _opening(label: str, verdict: Verdict, probability: float, returned: str) -> str:
    sure = f"the next money {returned} with a probability of {chance(probability)}"
    match verdict:
        case Verdict.INCREASE:
            return f"Spend more on {label}: {sure}."
        case Verdict.REDUCE:
            return f"Spend less on {label}: {sure} only."
        case Verdict.HOLD:
            return f"Leave {label} as it is: {sure}, which is neither clearly more nor clearly less."


def _way(reach: Breakeven, verdict: Verdict, currency: str) -> str:
    """How far to go; on an S-shaped curve that may be in the other direction than the next money says."""
    if verdict is Verdict.HOLD:
        return ""
    is_reduced = verdict is Verdict.REDUCE
    if reach.median is None:
        again = "Little brings little here, but it would again at the furthest spend that was looked at"
        return f"{again}." if is_reduced else "It still would at the furthest spend that was looked at."
    if reach.median == 0:
        return "Not even the first money does." if is_reduced else "All the money together does not."
    money = f"{compact(reach.median * reach.spend)} {currency}"
    change = f"{abs(reach.median - 1):.0%} {'more' if reach.median >= 1 else 'less'} than now"
    if is_reduced and reach.median >= 1:
        return f"Little brings little here: much more would pay again, up to about {money}, {change}."
    return f"It does up to about {money}, {change}."
