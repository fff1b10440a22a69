"""Checks of the sampler's draws."""

import xarray as xr
from arviz_stats.base import array_stats

from mmm_core.diagnostics.checks import Check, judged
from mmm_core.records import Convergence

# Vehtari, Gelman, Simpson, Carpenter and Bürkner, "Rank-normalization, folding, and localization: an improved
# R-hat for assessing convergence of MCMC" (Bayesian Analysis, 2021). Where a fit fails is our convention.
R_HAT_GOOD, R_HAT_BAD = 1.01, 1.05
ESS_PER_CHAIN_GOOD, ESS_PER_CHAIN_BAD = 100.0, 25.0
# Our convention; Stan and PyMC warn of a single one.
DIVERGENT_SHARE_BAD = 0.01
# Betancourt, "A conceptual introduction to Hamiltonian Monte Carlo" (2017): 0.3; RStan warned below 0.2.
E_BFMI_GOOD, E_BFMI_BAD = 0.3, 0.2

MORE_DRAWS = "Fit again with the preset `final`, or with more draws and adaptation."


def sampling_checks(health: Convergence, sample_stats: xr.Dataset) -> list[Check]:
    """Judge the chains.

    Parameters
    ----------
    health : Convergence
        Worst figures over the parameters.
    sample_stats : Dataset
        Statistics of the sampler, dims ``chain, draw``; without ``energy`` that check is left out.
    """
    divergent = health.divergences / (health.chains * health.draws)
    found = [
        judged(
            "R_HAT",
            health.max_r_hat,
            f"below {R_HAT_GOOD:g}",
            good=health.max_r_hat < R_HAT_GOOD,
            bad=health.max_r_hat >= R_HAT_BAD,
            advice=MORE_DRAWS,
        ),
        _ess("ESS_BULK", health.min_ess_bulk, health.chains),
        _ess("ESS_TAIL", health.min_ess_tail, health.chains),
        judged(
            "DIVERGENCES",
            health.divergences,
            "none",
            good=divergent == 0,
            bad=divergent >= DIVERGENT_SHARE_BAD,
            advice="Raise `target_accept` towards 0.99, or narrow the priors.",
        ),
    ]
    if "energy" in sample_stats:
        found.append(_energy(sample_stats["energy"]))
    return found


def _ess(code: str, value: float, chains: int) -> Check:
    wanted = ESS_PER_CHAIN_GOOD * chains
    return judged(
        code,
        value,
        f"at least {wanted:.0f}",
        good=value >= wanted,
        bad=value < ESS_PER_CHAIN_BAD * chains,
        advice=MORE_DRAWS,
    )


def _energy(energy: xr.DataArray) -> Check:
    """Energy Bayesian fraction of missing information, of the worst chain."""
    draws = energy.transpose("chain", "draw").to_numpy().astype(float)
    lowest = float(array_stats.bfmi(draws).min())
    return judged(
        "E_BFMI",
        lowest,
        f"at least {E_BFMI_GOOD:g}",
        good=lowest >= E_BFMI_GOOD,
        bad=lowest < E_BFMI_BAD,
        advice="Adapt for longer, and look for parameters the data say nothing about: narrow their priors, "
        "or leave out variables.",
    )
