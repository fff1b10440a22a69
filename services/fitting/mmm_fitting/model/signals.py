"""Linear terms: competitors, controls and events."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

import numpy as np
import pymc.dims as pmd
import xarray as xr
from pymc_marketing.mmm.additive_effect import DataVarMuEffect
from pymc_marketing.mmm.transformers import geometric_adstock

from mmm_core.config import MeanSd
from mmm_core.model_data import ComponentKind, ModelData, Signal
from mmm_fitting.model.parameters import beta_prior, vector_prior


class SignalEffect(DataVarMuEffect):  # type: ignore[misc]  # the library is untyped
    """A group of signals of one kind, one sign and one way of carryover.

    Its data variable has the dims ``(date, {prefix})``; the sum over the group enters the expected KPI, and
    ``{prefix}_contribution`` keeps the terms apart.

    Attributes
    ----------
    sign : {"free", "positive", "negative"}
        Direction of every effect of the group.
    scales : list of float
        Prior standard deviation of each coefficient, on the scaled KPI.
    max_lag : int or None
        Longest carryover in periods; None without carryover.
    retention_priors : tuple of MeanSd
        Beta prior of each retention rate; empty without carryover.
    """

    sign: Literal["free", "positive", "negative"]
    scales: list[float]
    max_lag: int | None = None
    retention_priors: tuple[MeanSd, ...] = ()

    @property
    def contribution_name(self) -> str:
        """Name of the deterministic that keeps the terms apart."""
        return f"{self.prefix}_contribution"

    def create_effect(self, mmm: Any) -> Any:
        """Add the group's coefficients and terms to the model; return their sum over the group."""
        values = mmm.model[self.data_vars[0]]
        free = self.sign == "free"
        prior = vector_prior("Normal" if free else "HalfNormal", self.prefix, sigma=self.scales)
        coefficient = prior.create_variable(f"{self.prefix}_coefficient", xdist=True)
        if self.max_lag is not None:
            prior = beta_prior(self.prefix, self.retention_priors)
            retention = prior.create_variable(f"{self.prefix}_retention", xdist=True)
            values = geometric_adstock(
                values, alpha=retention, l_max=self.max_lag + 1, normalize=True, dim="date"
            )
        direction = -1.0 if self.sign == "negative" else 1.0
        terms = pmd.Deterministic(
            self.contribution_name, (direction * coefficient * values).transpose("date", self.prefix)
        )
        return terms.sum(dim=self.prefix)


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

    def data(self) -> xr.DataArray:
        """Values of the group, dims ``(date, {prefix})``."""
        return xr.DataArray(
            np.column_stack([signal.values for signal in self.signals]),
            dims=("date", self.prefix),
            coords={self.prefix: [signal.name for signal in self.signals]},
        )

    def effect(self, kpi_level: float) -> SignalEffect:
        """Describe the group's effect to the model.

        Parameters
        ----------
        kpi_level : float
            Average of the scaled KPI, which the signals' effect scales are shares of.
        """
        first = self.signals[0]
        return SignalEffect(
            data_vars=[f"{self.prefix}_data"],
            prefix=self.prefix,
            sign=first.sign,
            scales=[signal.effect_scale * kpi_level for signal in self.signals],
            max_lag=first.adstock.max_lag if first.adstock else None,
            retention_priors=tuple(s.adstock.retention_prior for s in self.signals if s.adstock is not None),
        )


def signal_groups(data: ModelData) -> tuple[SignalGroup, ...]:
    """Group signals by kind, sign and carryover, so that each group is one vector of parameters."""

    def kind_of_effect(signal: Signal) -> tuple[ComponentKind, str, int]:
        return signal.kind, signal.sign, -1 if signal.adstock is None else signal.adstock.max_lag

    ordered = sorted(data.signals, key=kind_of_effect)
    return tuple(_numbered(tuple(group) for _, group in groupby(ordered, key=kind_of_effect)))


def _numbered(groups: Iterable[tuple[Signal, ...]]) -> Iterable[SignalGroup]:
    seen: dict[ComponentKind, int] = {}
    for signals in groups:
        kind = signals[0].kind
        seen[kind] = seen.get(kind, 0) + 1
        yield SignalGroup(f"{kind}_{seen[kind]}", signals)
