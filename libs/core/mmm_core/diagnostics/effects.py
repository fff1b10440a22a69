"""Checks of what was learnt about the media, against what was believed."""

from collections.abc import Iterator

import numpy as np
from scipy import special, stats
from scipy.stats.distributions import rv_frozen

from mmm_core.beliefs import frozen
from mmm_core.diagnostics.checks import Check, CheckStatus, judged
from mmm_core.effects import effect_prior, is_share
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats

# On the scale on which the prior is a standard normal.
# A posterior median outside the prior's central 95 %: the tail probability by which Evans and Moshonov,
# "Checking for prior-data conflict" (Bayesian Analysis, 2006), call a prior surprising.
EDGE = 1.96
# Outside the prior's central 99.9 %; our convention.
FAR_OUTSIDE = 3.29
# Overlap from which a posterior says no more than its prior; our convention.
NO_SHIFT = 0.9
# Our conventions: a single medium hardly brings more than half of the KPI.
LARGEST_KPI_SHARE = 0.5
IMPLAUSIBLE_GOOD, IMPLAUSIBLE_BAD = 0.05, 0.5

# Beyond this, probabilities of a normal cannot be told from zero.
LARGEST_Z = 37.0


def effect_checks(fit: FittedModel) -> list[Check]:
    """Judge the return of every medium: what was learnt, then whether it is plausible."""
    scores = {
        medium.label: on_prior_scale(frozen(effect_prior(medium, fit.unit_value)), fit.effect[:, place])
        for place, medium in enumerate(fit.config.media)
    }
    return [
        *(_shift(label, score) for label, score in scores.items()),
        *_implausible(fit, scores),
    ]


def on_prior_scale(prior: rv_frozen, draws: Floats) -> Floats:
    """Draws mapped so that the prior becomes a standard normal, shape (S,).

    For a log-normal prior these are the standardised logarithms.
    """
    lower, upper = special.ndtri_exp(prior.logcdf(draws)), -special.ndtri_exp(prior.logsf(draws))
    # Each is exact in its own tail only.
    return np.clip(np.where(lower < 0, lower, upper), -LARGEST_Z, LARGEST_Z)


def overlap_with_prior(scores: Floats) -> float:
    """Overlap of the densities of prior and posterior: 1 when equal, 0 when they have nothing in common.

    The posterior is taken as normal on the scale on which the prior is standard normal.
    """
    grid = np.linspace(-LARGEST_Z, LARGEST_Z, 20_001)
    posterior = stats.norm.pdf(grid, scores.mean(), max(float(scores.std()), 0.01))
    smaller = np.minimum(stats.norm.pdf(grid), posterior)
    return float(np.trapezoid(smaller, grid))


def _shift(label: str, scores: Floats) -> Check:
    overlap, middle = overlap_with_prior(scores), float(np.median(scores))
    target = f"below {NO_SHIFT:g}, the median inside the prior's central 95 %"
    if abs(middle) > EDGE:
        side = "above" if middle > 0 else "below"
        status, advice = (
            CheckStatus.WARN,
            f"Data and belief disagree: the return lies {side} nearly all that was believed. Ask where the "
            "belief comes from, and whether the medium stands for something else; a lift test decides.",
        )
    elif overlap >= NO_SHIFT:
        status, advice = (
            CheckStatus.INFO,
            "The data said next to nothing: this return is what was believed. A lift test, or spend that "
            "varies more, would tell.",
        )
    else:
        status, advice = CheckStatus.PASS, ""
    return Check("PRIOR_SHIFT", status, overlap, target, advice, label)


def _implausible(fit: FittedModel, scores: dict[str, Floats]) -> Iterator[Check]:
    shares = _kpi_shares(fit)
    for place, (label, score) in enumerate(scores.items()):
        too_large, far_outside = shares[:, place] > LARGEST_KPI_SHARE, np.abs(score) > FAR_OUTSIDE
        probability = float((too_large | far_outside).mean())
        reason = (
            f"It may bring more than {LARGEST_KPI_SHARE:.0%} of the KPI"
            if too_large.sum() > far_outside.sum()
            else "Its return is far outside what was believed"
        )
        yield judged(
            "IMPLAUSIBLE_EFFECT",
            probability,
            f"below {IMPLAUSIBLE_GOOD:g}",
            good=probability < IMPLAUSIBLE_GOOD,
            bad=probability >= IMPLAUSIBLE_BAD,
            advice=f"{reason}: look for what moves with it and is not in the model, correct its prior, or "
            "run a lift test.",
            subject=label,
        )


def _kpi_shares(fit: FittedModel) -> Floats:
    """Share of the observed KPI that each medium brought, shape (S, C)."""
    total = fit.kpi.sum()
    used = fit.exposure.sum(axis=(0, 1)) > 0
    per_effect = np.where([is_share(m) for m in fit.config.media], 1.0, fit.cost.sum(axis=(0, 1)) / total)
    return np.asarray(fit.effect * np.where(used, per_effect, 0.0))
