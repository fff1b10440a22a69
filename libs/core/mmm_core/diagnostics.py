"""Diagnostics of a fit: convergence of the chains, in-sample fit, and checks with advice.

R-hat and effective sample sizes are ArviZ's rank-normalised ones; the thresholds are those of Vehtari,
Gelman, Simpson, Carpenter and Bürkner, "Rank-normalization, folding, and localization: an improved R-hat
for assessing convergence of MCMC" (Bayesian Analysis, 2021).
"""

import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import xarray as xr
from arviz_stats.base import array_stats

from mmm_core.errors import MmmError
from mmm_core.estimates import Estimate, estimate
from mmm_core.media import Floats
from mmm_core.records import Convergence, InSampleFit

R_HAT_GOOD, R_HAT_BAD = 1.01, 1.05
ESS_PER_CHAIN_GOOD, ESS_PER_CHAIN_BAD = 100.0, 25.0
DIVERGENT_SHARE_BAD = 0.01
NEGATIVE_BASELINE_GOOD, NEGATIVE_BASELINE_BAD = 0.01, 0.1
R_SQUARED_GOOD, MAPE_GOOD = 0.7, 0.2


class UndefinedConvergence(MmmError):
    """The draws cannot be judged: some are not numbers, there are too few, or nothing moved."""

    reason = "UNDEFINED_CONVERGENCE"


class CheckStatus(StrEnum):
    """Result of a check, from fine to unusable."""

    PASS = "pass"  # noqa: S105 - not a password
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a fit's health.

    Attributes
    ----------
    code : str
        UPPER_SNAKE name.
    status : CheckStatus
        Result.
    value : float
        The figure.
    target : str
        What is asked.
    advice : str
        What to do; empty when it passed.
    """

    code: str
    status: CheckStatus
    value: float
    target: str
    advice: str


@dataclass(frozen=True, slots=True)
class ParameterDiagnostics:
    """Sampling diagnostics of one scalar parameter; NaN where they are undefined.

    R-hat of a parameter that never moves is undefined. With one chain it compares the chain's parts.
    """

    name: str
    estimate: Estimate
    r_hat: float
    ess_bulk: float
    ess_tail: float


def parameter_diagnostics(posterior: xr.Dataset, probability: float = 0.9) -> list[ParameterDiagnostics]:
    """Diagnose every free scalar parameter.

    Parameters
    ----------
    posterior : Dataset
        Free parameters, dims ``chain, draw, …``.
    probability : float
        Mass of the reported intervals.
    """
    return [
        ParameterDiagnostics(
            name,
            estimate(draws.ravel(), probability),
            r_hat=_r_hat(draws),
            ess_bulk=float(array_stats.ess(draws, method="bulk")),
            ess_tail=float(array_stats.ess(draws, method="tail", prob=(0.05, 0.95))),
        )
        for name, draws in _scalars(posterior)
    ]


def convergence(posterior: xr.Dataset, sample_stats: xr.Dataset) -> Convergence:
    """Summarise convergence over all free parameters; like `summarise_convergence`."""
    return summarise_convergence(parameter_diagnostics(posterior), sample_stats)


def summarise_convergence(parameters: list[ParameterDiagnostics], sample_stats: xr.Dataset) -> Convergence:
    """Take the worst of each figure over the parameters that move.

    Raises
    ------
    UndefinedConvergence
        When a parameter has draws that are not numbers, when there are too few draws, or when chains do not
        move.
    """
    bad = [parameter.name for parameter in parameters if not math.isfinite(parameter.estimate.mean)]
    if bad:
        raise UndefinedConvergence(f"The posterior holds values that are not numbers: {', '.join(bad)}.")
    stuck = [parameter.name for parameter in parameters if math.isinf(parameter.r_hat)]
    if stuck:
        raise UndefinedConvergence(f"Every chain is stuck at a value of its own: {', '.join(stuck)}.")
    return Convergence(
        max_r_hat=max(_defined(parameter.r_hat for parameter in parameters)),
        min_ess_bulk=min(_defined(parameter.ess_bulk for parameter in parameters)),
        min_ess_tail=min(_defined(parameter.ess_tail for parameter in parameters)),
        divergences=int(sample_stats["diverging"].sum()),
        chains=sample_stats.sizes["chain"],
        draws=sample_stats.sizes["draw"],
    )


def _defined(figures: Iterable[float]) -> list[float]:
    # A NaN among others would make the worst figure depend on their order.
    defined = [figure for figure in figures if not math.isnan(figure)]
    if not defined:
        raise UndefinedConvergence("No parameter moved, or there are too few draws to tell.")
    return defined


def _r_hat(draws: Floats) -> float:
    """Rank-normalised split R-hat of draws with shape (chain, draw)."""
    if np.ptp(draws) == 0:
        return math.nan
    if len(draws) == 1:
        # ArviZ wants two chains; the halves of the only one stand for them.
        half = draws.shape[1] // 2
        draws = draws[0, : 2 * half].reshape(2, half)
    return float(array_stats.rhat(draws))


def in_sample_fit(kpi: Floats, expected: Floats) -> InSampleFit:
    """How well the posterior mean of the expected KPI reproduces the observed one.

    Parameters
    ----------
    kpi, expected : array, shape (T, G)
        Observed KPI and posterior mean of its expectation, per period and panel cell.

    Returns
    -------
    InSampleFit
        R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)², with the mean of each cell; MAPE = mean of |y − ŷ| / y over
        periods with y > 0, as a fraction.
    """
    residual = kpi - expected
    positive = kpi > 0
    return InSampleFit(
        r_squared=float(1 - (residual**2).sum() / ((kpi - kpi.mean(axis=0)) ** 2).sum()),
        mape=float(np.abs(residual[positive] / kpi[positive]).mean()) if positive.any() else float("nan"),
    )


def checks(health: Convergence, quality: InSampleFit, baseline_mean: Floats) -> list[Check]:
    """Judge a fit.

    Parameters
    ----------
    health, quality : records
        Convergence and in-sample fit.
    baseline_mean : array, shape (T,)
        Posterior mean of the baseline, in KPI units.
    """
    divergent = health.divergences / (health.chains * health.draws)
    negative = float((baseline_mean < 0).mean())
    more_draws = "Fit again with the preset `final`, or with more draws and adaptation."
    return [
        _below("R_HAT", health.max_r_hat, R_HAT_GOOD, R_HAT_BAD, more_draws),
        _ess("ESS_BULK", health.min_ess_bulk, health.chains, more_draws),
        _ess("ESS_TAIL", health.min_ess_tail, health.chains, more_draws),
        Check(
            "DIVERGENCES",
            _status(good=divergent == 0, bad=divergent >= DIVERGENT_SHARE_BAD),
            health.divergences,
            "none",
            "" if divergent == 0 else "Raise `target_accept` towards 0.99, or narrow the priors.",
        ),
        _below(
            "NEGATIVE_BASELINE",
            negative,
            NEGATIVE_BASELINE_GOOD,
            NEGATIVE_BASELINE_BAD,
            "Media get more credit than there was KPI in some periods: lower the ROI priors or add controls.",
        ),
        _informative(
            "R_SQUARED",
            quality.r_squared,
            quality.r_squared >= R_SQUARED_GOOD,
            f"at least {R_SQUARED_GOOD:g}",
            "Something that moves the KPI is not in the model.",
        ),
        _informative(
            "MAPE",
            quality.mape,
            quality.mape < MAPE_GOOD,
            f"below {MAPE_GOOD:g}",
            "The model misses single periods: look for events and controls that explain them.",
        ),
    ]


def _below(code: str, value: float, good: float, bad: float, advice: str) -> Check:
    passed = value < good
    return Check(
        code, _status(good=passed, bad=value >= bad), value, f"below {good:g}", "" if passed else advice
    )


def _informative(code: str, value: float, passed: bool, target: str, advice: str) -> Check:
    """A check that never fails a fit: a close fit to the past is no proof of a right one."""
    return Check(code, _status(good=passed, bad=False), value, target, "" if passed else advice)


def _ess(code: str, value: float, chains: int, advice: str) -> Check:
    wanted = ESS_PER_CHAIN_GOOD * chains
    passed = value >= wanted
    status = _status(good=passed, bad=value < ESS_PER_CHAIN_BAD * chains)
    return Check(code, status, value, f"at least {wanted:.0f}", "" if passed else advice)


def _status(*, good: bool, bad: bool) -> CheckStatus:
    return CheckStatus.PASS if good else CheckStatus.FAIL if bad else CheckStatus.WARN


def _scalars(posterior: xr.Dataset) -> Iterator[tuple[str, Floats]]:
    """Every scalar parameter with its name, ``parameter[label]``, and its draws, shape (chain, draw)."""
    for name, values in posterior.data_vars.items():
        ordered = values.transpose("chain", "draw", ...)
        dims = [str(dim) for dim in ordered.dims[2:]]
        labels = [[str(label) for label in ordered[dim].to_numpy()] for dim in dims]
        for place in itertools.product(*(range(len(axis)) for axis in labels)):
            where = ", ".join(axis[index] for axis, index in zip(labels, place, strict=True))
            draws = ordered.isel(dict(zip(dims, place, strict=True))).to_numpy().astype(np.float64)
            yield (f"{name}[{where}]" if where else str(name)), draws
