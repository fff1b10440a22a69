"""Diagnostics of a fit: convergence of the chains, in-sample fit, and checks with advice.

R-hat and effective sample sizes are ArviZ's rank-normalised ones; the thresholds are those of Vehtari,
Gelman, Simpson, Carpenter and Bürkner, "Rank-normalization, folding, and localization: an improved R-hat
for assessing convergence of MCMC" (Bayesian Analysis, 2021).
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import xarray as xr
from arviz_stats.base import array_stats

from mmm_core.estimates import Estimate, estimate
from mmm_core.fitted import COEFFICIENT
from mmm_core.media import Floats
from mmm_core.records import Convergence, InSampleFit

R_HAT_GOOD, R_HAT_BAD = 1.01, 1.05
ESS_PER_CHAIN_GOOD, ESS_PER_CHAIN_BAD = 100.0, 25.0
DIVERGENT_SHARE_BAD = 0.01
NEGATIVE_BASELINE_GOOD, NEGATIVE_BASELINE_BAD = 0.01, 0.1
R_SQUARED_GOOD = 0.7


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
    """Sampling diagnostics of one scalar parameter."""

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
        Dims ``chain, draw, …``. Derived variables are left out.
    probability : float
        Mass of the reported intervals.
    """
    return [
        ParameterDiagnostics(
            name,
            estimate(draws.ravel(), probability),
            r_hat=float(array_stats.rhat(draws)),
            ess_bulk=float(array_stats.ess(draws, method="bulk")),
            ess_tail=float(array_stats.ess(draws, method="tail", prob=(0.05, 0.95))),
        )
        for name, draws in _scalars(posterior)
    ]


def convergence(posterior: xr.Dataset, sample_stats: xr.Dataset) -> Convergence:
    """Summarise convergence over all free parameters, the worst of each figure."""
    return summarise_convergence(parameter_diagnostics(posterior), sample_stats)


def summarise_convergence(parameters: list[ParameterDiagnostics], sample_stats: xr.Dataset) -> Convergence:
    """Take the worst of each figure."""
    return Convergence(
        max_r_hat=max(parameter.r_hat for parameter in parameters),
        min_ess_bulk=min(parameter.ess_bulk for parameter in parameters),
        min_ess_tail=min(parameter.ess_tail for parameter in parameters),
        divergences=int(sample_stats["diverging"].sum()),
        chains=sample_stats.sizes["chain"],
        draws=sample_stats.sizes["draw"],
    )


def in_sample_fit(kpi: Floats, expected: Floats) -> InSampleFit:
    """How well the posterior mean of the expected KPI reproduces the observed one.

    Parameters
    ----------
    kpi, expected : array, shape (T,)
        Observed KPI and posterior mean of its expectation.

    Returns
    -------
    InSampleFit
        R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)²; MAPE = mean of |y − ŷ| / y over periods with y > 0, as a fraction.
    """
    residual = kpi - expected
    positive = kpi > 0
    return InSampleFit(
        r_squared=float(1 - (residual**2).sum() / ((kpi - kpi.mean()) ** 2).sum()),
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
        Check(
            "R_SQUARED",
            _status(good=quality.r_squared >= R_SQUARED_GOOD, bad=False),
            quality.r_squared,
            f"at least {R_SQUARED_GOOD}",
            ""
            if quality.r_squared >= R_SQUARED_GOOD
            else "Something that moves the KPI is not in the model.",
        ),
    ]


def _below(code: str, value: float, good: float, bad: float, advice: str) -> Check:
    passed = value < good
    return Check(
        code, _status(good=passed, bad=value >= bad), value, f"below {good:g}", "" if passed else advice
    )


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
        if name == COEFFICIENT:
            continue
        ordered = values.transpose("chain", "draw", ...)
        dims = [str(dim) for dim in ordered.dims[2:]]
        labels = [[str(label) for label in ordered[dim].to_numpy()] for dim in dims]
        for place in itertools.product(*(range(len(axis)) for axis in labels)):
            where = ", ".join(axis[index] for axis, index in zip(labels, place, strict=True))
            draws = ordered.isel(dict(zip(dims, place, strict=True))).to_numpy().astype(np.float64)
            yield (f"{name}[{where}]" if where else str(name)), draws
