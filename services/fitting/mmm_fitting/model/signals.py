"""Linear terms: competitors, controls and events."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

import numpy as np
import pymc as pm
import pymc.dims as pmd
import xarray as xr
from pymc_extras.prior import Prior
from pymc_marketing.mmm.additive_effect import DataVarMuEffect

from mmm_core.config import Adstock
from mmm_core.media import Floats
from mmm_core.model_data import ComponentKind, ModelData, Signal
from mmm_fitting.model.carryover import KERNEL, carryover_priors, mixed_weights
from mmm_fitting.model.lagged_sum import lagged_sum
from mmm_fitting.model.parameters import CELL, DATE, pooled_normal, vector_prior


class SignalEffect(DataVarMuEffect):  # type: ignore[misc]  # the library is untyped
    """A group of signals of one kind, one sign, and with or without carryover.

    Its data variable has the dims ``(date, [cell,] {prefix})``; the sum over the group enters the expected
    KPI, and ``{prefix}_contribution`` keeps the terms apart.

    Attributes
    ----------
    sign : {"free", "positive", "negative"}
        Direction of every effect of the group.
    scales : list of float
        Prior standard deviation of each coefficient, on the scaled KPI.
    adstocks : tuple of Adstock
        Carryover of each signal; empty without.
    spread : float or None
        Prior scale of the differences between the cells of a panel; None without a panel.
    """

    sign: Literal["free", "positive", "negative"]
    scales: list[float]
    adstocks: tuple[Adstock, ...] = ()
    spread: float | None = None

    @property
    def contribution_name(self) -> str:
        """Name of the deterministic that keeps the terms apart."""
        return f"{self.prefix}_contribution"

    def create_effect(self, mmm: Any) -> Any:
        """Add the group's coefficients and terms to the model; return their sum over the group."""
        values = mmm.model[self.data_vars[0]]
        if self.adstocks:
            priors = carryover_priors(self.adstocks, self.prefix)
            drawn = {
                name: prior.create_variable(f"{self.prefix}_{name}", xdist=True)
                for name, prior in priors.items()
            }
            weights = mixed_weights(self.adstocks, drawn, self.prefix)
            values = lagged_sum(values, weights, dim=DATE, kernel_dim=KERNEL)
        dims = (DATE, self.prefix) if self.spread is None else (DATE, CELL, self.prefix)
        terms = pmd.Deterministic(
            self.contribution_name, (self.signed_coefficient() * values).transpose(*dims)
        )
        return terms.sum(dim=self.prefix)

    def signed_coefficient(self) -> Any:
        """What a unit of each signal adds to the scaled KPI, dims ``([cell,] {prefix})``."""
        direction = -1.0 if self.sign == "negative" else 1.0
        return direction * self._coefficient()

    def _coefficient(self) -> Any:
        """Coefficients, dims ``([cell,] {prefix})``; whoever asks first makes them."""
        name, scales = f"{self.prefix}_coefficient", xr.DataArray(self.scales, dims=(self.prefix,))
        model = pm.modelcontext(None)
        if name in model.named_vars:
            return model[name]
        if self.sign == "free":
            if self.spread is None:
                return vector_prior("Normal", self.prefix, sigma=self.scales).create_variable(
                    name, xdist=True
                )
            return pooled_normal(scales, self.spread, (self.prefix,)).create_variable(name, xdist=True)
        if self.spread is None:
            return vector_prior("HalfNormal", self.prefix, sigma=self.scales).create_variable(
                name, xdist=True
            )
        # Cells know their own effect better than the common one, so that is what is sampled.
        common = Prior("HalfNormal", sigma=scales, dims=(self.prefix,)).create_variable(
            f"{name}_common", xdist=True
        )
        logarithm = pmd.Normal(
            f"{name}_log", mu=pmd.math.log(common), sigma=self.spread, dims=(CELL, self.prefix)
        )
        return pmd.Deterministic(name, pmd.math.exp(logarithm))


@dataclass(frozen=True, slots=True)
class SignalGroup:
    """Signals that share an effect.

    Attributes
    ----------
    prefix : str
        Name of the group's dim and prefix of its variables, for example ``competitor_1``.
    signals : tuple of Signal
        At least one.
    """

    prefix: str
    signals: tuple[Signal, ...]

    def data(self, *, is_panel: bool) -> xr.DataArray:
        """Values of the group, dims ``(date, [cell,] {prefix})``."""
        values = np.stack([signal.values for signal in self.signals], axis=-1)
        coords = {self.prefix: [signal.name for signal in self.signals]}
        if is_panel:
            return xr.DataArray(values, dims=(DATE, CELL, self.prefix), coords=coords)
        return xr.DataArray(values[:, 0], dims=(DATE, self.prefix), coords=coords)

    def means(self) -> Floats:
        """Average of each signal in each cell over the dates, shape (G, N)."""
        return np.stack([signal.values.mean(axis=0) for signal in self.signals], axis=-1)

    def effect(self, kpi_level: float, spread: float | None) -> SignalEffect:
        """Describe the group's effect to the model.

        Parameters
        ----------
        kpi_level : float
            Average of the scaled KPI, which the signals' effect scales are shares of.
        spread : float or None
            Of the cells of a panel.
        """
        adstocks = tuple(signal.adstock for signal in self.signals)
        return SignalEffect(
            data_vars=[f"{self.prefix}_data"],
            prefix=self.prefix,
            sign=self.signals[0].sign,
            scales=[signal.effect_scale * kpi_level for signal in self.signals],
            adstocks=adstocks if any(adstock.family != "none" for adstock in adstocks) else (),
            spread=spread,
        )


def signal_groups(data: ModelData) -> tuple[SignalGroup, ...]:
    """Group signals by kind, sign and carryover, so that each group is one vector of parameters."""

    def kind_of_effect(signal: Signal) -> tuple[ComponentKind, str, bool]:
        return signal.kind, signal.sign, signal.adstock.family != "none"

    ordered = sorted(data.signals, key=kind_of_effect)
    return tuple(_numbered(tuple(group) for _, group in groupby(ordered, key=kind_of_effect)))


def _numbered(groups: Iterable[tuple[Signal, ...]]) -> Iterable[SignalGroup]:
    seen: dict[ComponentKind, int] = {}
    for signals in groups:
        kind = signals[0].kind
        seen[kind] = seen.get(kind, 0) + 1
        yield SignalGroup(f"{kind}_{seen[kind]}", signals)
