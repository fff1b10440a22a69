"""Adstock whose family may differ from medium to medium.

pymc-marketing has one adstock object per model. This one is its extension point for a custom adstock: each
family's weights are computed for its own media only, and one sum over lags serves all.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pytensor.xtensor as ptx
from pymc_extras.prior import Prior
from pymc_marketing.mmm.components.adstock import AdstockTransformation
from pytensor.xtensor import as_xtensor

from mmm_core.config import Adstock
from mmm_core.config.media import AdstockFamily
from mmm_core.media import UNUSED, UNUSED_RETENTION
from mmm_fitting.model.lagged_sum import lagged_sum
from mmm_fitting.model.parameters import Belief, LabelledPrior, beta_belief, gamma_belief

KERNEL = "lag"
WITH_RETENTION = {"geometric", "delayed", "binomial"}
WEIBULL = {"weibull_pdf", "weibull_cdf"}


def carryover_priors(adstocks: Sequence[Adstock], dim: str) -> dict[str, LabelledPrior]:
    """Priors of the parameters that some of the adstocks have, by the name the library gives them."""

    def prior(families: set[str], belief: Any, unused: float = UNUSED) -> LabelledPrior:
        beliefs: Iterable[Belief | None] = (
            belief(adstock) if adstock.family in families else None for adstock in adstocks
        )
        return LabelledPrior(dim, tuple(beliefs), unused)

    priors = {
        "alpha": prior(WITH_RETENTION, lambda a: beta_belief(a.retention_prior), UNUSED_RETENTION),
        "theta": prior({"delayed"}, lambda a: gamma_belief(a.peak_lag_prior)),
        "lam": prior(WEIBULL, lambda a: gamma_belief(a.scale_prior)),
        "k": prior(WEIBULL, lambda a: gamma_belief(a.shape_prior)),
    }
    return {name: prior for name, prior in priors.items() if any(prior.beliefs)}


class MixedAdstock(AdstockTransformation):  # type: ignore[misc]  # the library is untyped
    """Adstock of several media, each with its own family and number of lags.

    Parameters
    ----------
    adstocks : sequence of Adstock
        One per label of `dim`.
    dim : str
        Dim of the media.
    """

    lookup_name = "mmm_mixed"
    default_priors = dict.fromkeys(("alpha", "theta", "lam", "k"), Prior("HalfNormal"))

    def __init__(self, adstocks: Sequence[Adstock], dim: str) -> None:
        self._adstocks, self._dim = tuple(adstocks), dim
        none = LabelledPrior(dim, (None,) * len(adstocks), UNUSED)
        priors = dict.fromkeys(self.default_priors, none) | carryover_priors(adstocks, dim)
        super().__init__(l_max=max(adstock.lags for adstock in adstocks), normalize=True, priors=priors)

    def function(self, x: Any, alpha: Any, theta: Any, lam: Any, k: Any, *, dim: str) -> Any:
        """Spread `x` over the periods after it."""
        weights = mixed_weights(
            self._adstocks, {"alpha": alpha, "theta": theta, "lam": lam, "k": k}, self._dim
        )
        return lagged_sum(x, weights, dim=dim, kernel_dim=KERNEL)


def mixed_weights(adstocks: Sequence[Adstock], parameters: dict[str, Any], dim: str) -> Any:
    """Carryover weights with the dims ``(dim, lag)``, summing to one.

    The formulas are those of ``pymc_marketing.mmm.transformers``.

    Parameters
    ----------
    adstocks : sequence of Adstock
        One per label of `dim`.
    parameters : dict
        Tensors over `dim`, by the library's names; a parameter no adstock has may be missing.
    dim : str
        Dim of the media.
    """
    longest = max(adstock.lags for adstock in adstocks)
    groups: dict[tuple[AdstockFamily, int], list[int]] = {}
    for place, adstock in enumerate(adstocks):
        groups.setdefault((adstock.family, adstock.lags), []).append(place)
    parts = []
    for (family, lags), places in groups.items():
        chosen = {name: value.isel({dim: places}) for name, value in parameters.items()}
        weights = _weights(family, lags, chosen, len(places), dim).transpose(dim, KERNEL)
        if lags < longest:
            nothing = as_xtensor(np.zeros((len(places), longest - lags)), dims=(dim, KERNEL))
            weights = ptx.concat([weights, nothing], dim=KERNEL)
        parts.append(weights)
    order = np.argsort([place for places in groups.values() for place in places])
    whole = ptx.concat(parts, dim=dim).isel({dim: order}) if len(parts) > 1 else parts[0]
    return whole / whole.sum(dim=KERNEL)


def _weights(family: AdstockFamily, lags: int, drawn: dict[str, Any], media: int, dim: str) -> Any:
    """Weights of one family before they are made to sum to one."""
    lag = as_xtensor(np.arange(lags, dtype=np.float64), dims=(KERNEL,))
    match family:
        case "none":
            return as_xtensor(np.ones((media, 1)), dims=(dim, KERNEL))
        case "geometric":
            return ptx.math.power(drawn["alpha"], lag)
        case "delayed":
            return ptx.math.power(drawn["alpha"], (lag - drawn["theta"]) ** 2)
        case "binomial":
            return ptx.math.power(1 - lag / (lags + 1), 1 / drawn["alpha"] - 1)
        case "weibull_pdf":
            time = (lag + 1) / drawn["lam"]
            # The constant factor of the density falls out when weights are scaled.
            density = ptx.math.power(time, drawn["k"] - 1) * ptx.math.exp(-ptx.math.power(time, drawn["k"]))
            low, high = density.min(dim=KERNEL), density.max(dim=KERNEL)
            return (density - low) / (high - low)
        case "weibull_cdf":
            later = as_xtensor(np.arange(1, lags, dtype=np.float64), dims=(KERNEL,))
            hazard = ptx.math.power(later / drawn["lam"], drawn["k"]).transpose(dim, KERNEL)
            survival = ptx.math.exp(-hazard.cumsum(dim=KERNEL))
            return ptx.concat([as_xtensor(np.ones((media, 1)), dims=(dim, KERNEL)), survival], dim=KERNEL)
