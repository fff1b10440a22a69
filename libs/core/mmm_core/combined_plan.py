"""Plans for several outcomes of the same money, each with a fit of its own, weighed by value."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mmm_core.errors import FailedPrecondition, Violation
from mmm_core.fitted import FittedModel
from mmm_core.horizon import Horizon, reference_spend
from mmm_core.media import Floats
from mmm_core.plan import PlanModel, Split, evaluated_draws, plan_model

PAIRING_SEED = 20_240_103
# Relative difference above which two fits do not speak of the same money.
SAME_SPEND = 1e-6


@dataclass(frozen=True, slots=True)
class CountedFit:
    """A fit whose outcome counts.

    Attributes
    ----------
    fit : FittedModel
        The fit.
    value : float
        Money one unit of its KPI is worth.
    """

    fit: FittedModel
    value: float


def valued_fit(first: CountedFit, others: Sequence[CountedFit]) -> FittedModel:
    """Return the first fit with the money that all outcomes are worth in place of its KPI.

    It stands for all of them wherever names, prices and money are asked for; its response is still its own.

    Raises
    ------
    FailedPrecondition
        When another fit has other channels, other money in the last year, another end or another currency.
    """
    problems = [
        problem for place, other in enumerate(others) for problem in _differences(first.fit, other.fit, place)
    ]
    if problems:
        raise FailedPrecondition(problems, reason="OUTCOMES_DIFFER")
    names = ", ".join(one.fit.config.kpi.label for one in (first, *others))
    kpi = first.fit.config.kpi.model_copy(
        update={
            "kind": "revenue",
            "display_name": f"Value of {names}",
            "value_per_unit": None,
            "value_column": None,
        }
    )
    return replace(first.fit, config=first.fit.config.model_copy(update={"kpi": kpi}), unit_value=1.0)


def combined_plan_model(
    parts: Sequence[CountedFit],
    horizons: Sequence[Horizon],
    split: Split,
    draws: NDArray[np.intp] | None = None,
) -> PlanModel:
    """Prepare the evaluation of plans whose outcome is money.

    The posteriors are independent, so draws are paired at random, for everybody in the same way.

    Parameters
    ----------
    parts : sequence of CountedFit
        From those that `valued_fit` accepts.
    horizons : sequence of Horizon
        The periods to come, one for each fit with its own prices.
    split : Split
        How amounts are spread over periods and cells.
    draws : array of int, shape (S,), optional
        Which of the pairs to evaluate. Default: all, or evenly spaced ones when they are too many.
    """
    count = min(len(part.fit.effect) for part in parts)
    random = np.random.default_rng(PAIRING_SEED)
    pairs = [random.permutation(len(part.fit.effect))[:count] for part in parts]
    if draws is None:
        held = min(len(evaluated_draws(part.fit, one)) for part, one in zip(parts, horizons, strict=True))
        draws = np.linspace(0, count - 1, min(held, count)).round().astype(np.intp)
    models = [
        _weighed(plan_model(part.fit, horizon, split, pair[draws]), part.value, draws)
        for part, horizon, pair in zip(parts, horizons, pairs, strict=True)
    ]
    return replace(models[0], others=tuple(models[1:]))


def _weighed(model: PlanModel, value: float, draws: NDArray[np.intp]) -> PlanModel:
    parameters = replace(model.parameters, coefficient=model.parameters.coefficient * value)
    return replace(model, parameters=parameters, draws=draws)


def _differences(first: FittedModel, other: FittedModel, place: int) -> list[Violation]:
    """What forbids to plan for two fits together."""
    field = f"also[{place}]"
    names = first.media_names[: first.paid_count]
    if other.media_names[: other.paid_count] != names:
        fix = f"Fit it with these channels, in this order: {', '.join(names)}."
        got = ", ".join(other.media_names[: other.paid_count])
        return [Violation(field, "has other paid channels.", fix, got, "CHANNELS_DIFFER")]
    problems = []
    if first.config.kpi.currency != other.config.kpi.currency:
        fix, got = f"Use fits in {first.config.kpi.currency}.", other.config.kpi.currency
        problems.append(Violation(field, "has another currency.", fix, got, "CURRENCIES"))
    if (first.dates[-1], first.config.frequency) != (other.dates[-1], other.config.frequency):
        fix, got = f"Use a fit whose data end with {first.dates[-1]}.", str(other.dates[-1])
        problems.append(Violation(field, "ends at another time.", fix, got, "ENDS_DIFFER"))
    if first.cells != other.cells:
        fix = "Use fits of the same cells."
        problems.append(Violation(field, "has other cells.", fix, str(len(other.cells)), "CELLS_DIFFER"))
    elif not _same_money(reference_spend(first, 1), reference_spend(other, 1)):
        fix = "Fit the outcomes on the same media data."
        message = "has another spend in the last year, so it cannot be counted once."
        problems.append(Violation(field, message, fix, code="SPEND_DIFFERS"))
    return problems


def _same_money(first: Floats, second: Floats) -> bool:
    return bool(np.allclose(first, second, rtol=SAME_SPEND, atol=0))
