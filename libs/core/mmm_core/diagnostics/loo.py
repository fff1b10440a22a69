"""Leave-one-out cross-validation by Pareto-smoothed importance sampling (PSIS-LOO), by ArviZ.

Vehtari, Gelman and Gabry, "Practical Bayesian model evaluation using leave-one-out cross-validation and
WAIC" (Statistics and Computing, 2017).
"""

import math
from dataclasses import dataclass

import numpy as np
import xarray as xr
from arviz_stats.base import array_stats

from mmm_core.diagnostics.checks import Check, judged
from mmm_core.fitted import FittedModel
from mmm_core.model_data import cell_label
from mmm_core.predictive import Predictive

# Vehtari, Simpson, Gelman, Yao and Gabry, "Pareto smoothed importance sampling" (Journal of Machine Learning
# Research, 2024): estimates are reliable below 0.7, or less with few draws; above 1 they do not exist.
PARETO_K_GOOD, PARETO_K_VERY_BAD = 0.7, 1.0
# Share of observations above which the leave-one-out figure means nothing; our convention.
INFLUENTIAL_SHARE_BAD = 0.1
NAMED_OBSERVATIONS = 3


@dataclass(frozen=True, slots=True)
class LeaveOneOut:
    """Leave-one-out figures of a whole fit.

    Attributes
    ----------
    elpd, standard_error : float
        Expected log predictive density of all observations, per KPI unit: higher is better, between fits of
        the same KPI and periods.
    effective_parameters : float
        p_loo.
    observations : int
        How many there are.
    pareto_k_limit : float
        Below it the estimate for an observation is reliable, with this many draws.
    good, bad, very_bad : int
        Observations with a Pareto k up to the limit, up to 1, and above.
    max_pareto_k : float
        The largest.
    """

    elpd: float
    standard_error: float
    effective_parameters: float
    observations: int
    pareto_k_limit: float
    good: int
    bad: int
    very_bad: int
    max_pareto_k: float


def leave_one_out(predicted: Predictive) -> xr.Dataset:
    """Leave-one-out figures of every observation.

    The stored draws are thinned, and taken as independent.

    Returns
    -------
    Dataset
        ``elpd``, ``pareto_k`` and ``p_loo`` with the dims ``date, cell``, and the number of draws as the
        attribute ``draws``.
    """
    log_likelihood = np.moveaxis(predicted.log_likelihood(), 0, -1)
    elpd, pareto_k, p_loo = array_stats.loo(log_likelihood, chain_axis=None, draw_axis=-1)
    dims = ("date", "cell")
    return xr.Dataset(
        {"elpd": (dims, elpd), "pareto_k": (dims, pareto_k), "p_loo": (dims, p_loo)},
        attrs={"draws": log_likelihood.shape[-1]},
    )


def summarise_leave_one_out(pointwise: xr.Dataset) -> LeaveOneOut:
    """Add up what `leave_one_out` says of single observations."""
    elpd, pareto_k = pointwise["elpd"].to_numpy(), pointwise["pareto_k"].to_numpy()
    limit = min(1 - 1 / math.log10(pointwise.attrs["draws"]), PARETO_K_GOOD)
    very_bad = int((pareto_k > PARETO_K_VERY_BAD).sum())
    above = int((pareto_k > limit).sum())
    return LeaveOneOut(
        elpd=float(elpd.sum()),
        standard_error=float(elpd.std(ddof=1) * math.sqrt(elpd.size)),
        effective_parameters=float(pointwise["p_loo"].sum()),
        observations=elpd.size,
        pareto_k_limit=limit,
        good=elpd.size - above,
        bad=above - very_bad,
        very_bad=very_bad,
        max_pareto_k=float(pareto_k.max()),
    )


def influence_check(fit: FittedModel, pointwise: xr.Dataset) -> Check:
    """Judge how many observations sway the fit, and name the strongest."""
    summary = summarise_leave_one_out(pointwise)
    count = summary.bad + summary.very_bad
    named = ", ".join(_observation(fit, place) for place in _strongest(pointwise, count))
    return judged(
        "PARETO_K",
        count,
        f"none with k above {summary.pareto_k_limit:.2g}",
        good=count == 0,
        bad=count > INFLUENTIAL_SHARE_BAD * summary.observations,
        advice=f"Look at {named}: an error in the data, or an event the model should know? With outliers "
        "left, set `likelihood: {family: student_t}`. A period with an event of its own always sways that "
        "event's effect, and may stay.",
    )


def _strongest(pointwise: xr.Dataset, count: int) -> list[tuple[int, int]]:
    """Period and cell of the observations with the largest Pareto k."""
    pareto_k = pointwise["pareto_k"].transpose("date", "cell").to_numpy()
    order = np.argsort(pareto_k, axis=None)[::-1][: min(count, NAMED_OBSERVATIONS)]
    periods, cells = np.unravel_index(order, pareto_k.shape)
    return list(zip(periods.tolist(), cells.tolist(), strict=True))


def _observation(fit: FittedModel, place: tuple[int, int]) -> str:
    period, cell = place
    label = cell_label(fit.cells[cell])
    return f"{fit.dates[period]} ({label})" if label else str(fit.dates[period])
