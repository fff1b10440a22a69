"""Convergence of the chains; R-hat and effective sample sizes are ArviZ's rank-normalised ones."""

import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import xarray as xr
from arviz_stats.base import array_stats

from mmm_core.errors import MmmError
from mmm_core.estimates import Estimate, estimate
from mmm_core.media import Floats
from mmm_core.records import Convergence


class UndefinedConvergence(MmmError):
    """The draws cannot be judged: some are not numbers, there are too few, or nothing moved."""

    reason = "UNDEFINED_CONVERGENCE"


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
