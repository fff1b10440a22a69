"""Saturation whose family may differ from channel to channel.

pymc-marketing has one saturation object per model, and its lift-test calibration calls that object's function
with the parameters of single channels. So every channel has all parameters, those of other families as
constants, and a constant that says which family it is.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytensor.xtensor as ptx
from pymc_extras.prior import Prior
from pymc_marketing.mmm.components.saturation import SaturationTransformation
from pymc_marketing.mmm.transformers import (
    hill_function,
    michaelis_menten,
    root_saturation,
)

from mmm_core.config import MeanSd, Saturation
from mmm_core.config.media import SaturationFamily
from mmm_core.media import UNUSED
from mmm_fitting.model.parameters import (
    CHANNEL,
    Belief,
    ConstantVector,
    LabelledPrior,
    beta_belief,
    gamma_belief,
)

CODES: dict[SaturationFamily, int] = {
    "none": 0,
    "logistic": 1,
    "hill": 2,
    "michaelis_menten": 3,
    "root": 4,
}
TINY = np.finfo(np.float64).tiny


class MixedSaturation(SaturationTransformation):  # type: ignore[misc]  # the library is untyped
    """Saturation of several channels, each with its own family.

    Parameters
    ----------
    saturations : sequence of Saturation
        One per channel.
    """

    lookup_name = "mmm_mixed"
    default_priors = dict.fromkeys(("family", "lam", "kappa", "slope", "alpha", "beta"), Prior("HalfNormal"))

    def __init__(self, saturations: Sequence[Saturation]) -> None:
        # In a fixed order, so that the same configuration makes the same graph.
        self._families = tuple(dict.fromkeys(saturation.family for saturation in saturations))
        codes = np.array([CODES[saturation.family] for saturation in saturations], dtype=np.float64)

        def prior(
            families: set[SaturationFamily],
            belief: Callable[[MeanSd], Belief],
            field: str,
        ) -> LabelledPrior:
            return LabelledPrior(
                CHANNEL,
                tuple(belief(getattr(s, field)) if s.family in families else None for s in saturations),
                UNUSED,
            )

        priors = {
            "family": ConstantVector(CHANNEL, codes),
            "lam": prior({"logistic"}, gamma_belief, "steepness_prior"),
            "kappa": prior({"hill", "michaelis_menten"}, gamma_belief, "half_saturation_prior"),
            "slope": prior({"hill"}, gamma_belief, "slope_prior"),
            "alpha": prior({"root"}, beta_belief, "exponent_prior"),
        }
        super().__init__(priors=priors)

    def function(  # noqa: PLR0917 - the library passes the data by position, and reads the names
        self,
        x: Any,
        family: Any,
        lam: Any,
        kappa: Any,
        slope: Any,
        alpha: Any,
        beta: Any,
        *,
        dim: str | None = None,  # noqa: ARG002 - the library passes it
    ) -> Any:
        """Saturate `x` and multiply by the coefficient."""
        drawn = {"lam": lam, "kappa": kappa, "slope": slope, "alpha": alpha}
        first, *others = self._families
        saturated = _saturated(first, x, drawn)
        for name in others:
            is_of_family = ptx.math.eq(family, np.asarray(float(CODES[name])))
            saturated = ptx.math.where(is_of_family, _saturated(name, x, drawn), saturated)
        return saturated * beta


def _saturated(family: SaturationFamily, x: Any, drawn: dict[str, Any]) -> Any:
    match family:
        case "none":
            return x
        case "logistic":
            # The library's formula in a form whose derivative needs no further exponential.
            return 2 * ptx.math.sigmoid(x * drawn["lam"]) - 1
        case "hill":
            return hill_function(x, drawn["slope"], drawn["kappa"])
        case "michaelis_menten":
            return michaelis_menten(x, np.asarray(1.0), drawn["kappa"])
        case "root":
            # The derivative of a root at zero is infinite, and no gradient survives that.
            root = root_saturation(ptx.math.maximum(x, TINY), drawn["alpha"])
            return ptx.math.where(x > 0, root, np.asarray(0.0))
