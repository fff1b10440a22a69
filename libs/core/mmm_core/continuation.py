"""What the terms of a fit are made of, so that they can be continued past its data.

Axes: stored draws ``S'``, periods ``T``, panel cells ``G``, signals ``N``. Everything is in KPI units.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr

from mmm_core.config import ModelConfig
from mmm_core.media import Floats, Index, ResponseParameters, ResponseShape
from mmm_core.model_data import NO_CARRYOVER

# Names in ``components.nc``; every variable has the dim ``sample`` first.
KINKS, YEARLY, WEEKLY = "trend_kinks", "yearly_modes", "weekly_modes"
BASELINE_PROCESS, MEDIA_PROCESS = "baseline_process", "media_process"
SIGNAL_COEFFICIENT = "signal_coefficient"
# Parameters of the carryover of signals, by the library's names for those of one.
SIGNAL_CARRYOVER = {
    "alpha": "signal_retention",
    "theta": "signal_peak_lag",
    "lam": "signal_scale",
    "k": "signal_shape",
}


@dataclass(frozen=True, slots=True)
class Process:
    """A Gaussian process on a sine basis, made positive with mean one over the training data.

    Attributes
    ----------
    weights : array, shape (S', M)
        Of the basis functions, the second and later ones.
    mean : array, shape (S',)
        Mean over the training data before division by it.
    centre, boundary : float
        Middle of the training periods, and distance from there to where the basis ends, in periods.
    """

    weights: Floats
    mean: Floats
    centre: float
    boundary: float

    def multiplier(self, periods: Floats) -> Floats:
        """Value at some periods, counted from the first of the training data; shape (S', len(periods)).

        The basis is that of Solin and Särkkä, "Hilbert space methods for reduced-rank Gaussian process
        regression" (Statistics and Computing, 2020), equation 10. At its boundary the process is tied to its
        mean.
        """
        modes = np.arange(2, self.weights.shape[1] + 2) * np.pi / (2 * self.boundary)
        inside = np.clip(periods - self.centre, -self.boundary, self.boundary) + self.boundary
        basis = np.sin(np.multiply.outer(inside, modes)) / np.sqrt(self.boundary)
        return np.asarray(np.logaddexp(0.0, self.weights @ basis.T) / self.mean[:, None])


@dataclass(frozen=True, slots=True)
class SignalTerms:
    """Competitors, controls and events of a fit.

    Attributes
    ----------
    names, labels : tuple of str
        Slugs, and how people call them.
    values : array, shape (T, G, N)
        On the scale the model sees.
    centre, scale : array, shape (N,)
        What standardised them, in their own units.
    parameters : ResponseParameters
        Of their carryover; the coefficient, shape (S', G, N), in KPI units per unit of `values`.
    """

    names: tuple[str, ...]
    labels: tuple[str, ...]
    values: Floats
    centre: Floats
    scale: Floats
    parameters: ResponseParameters


@dataclass(frozen=True, slots=True)
class Continuation:
    """Joint posterior draws of what the terms beside media are made of.

    Attributes
    ----------
    kinks : array, shape (S', G, K), or None
        Changes of the linear trend's slope, per length of the training data; evenly spaced from the first
        date to the last.
    yearly, weekly : array, shape (S', G, 2 N), or None
        Coefficients of the sines of the orders 1 to N, then of the cosines.
    baseline_process, media_process : Process or None
        What moves the baseline, and the effect of all media.
    signals : SignalTerms
        Competitors, controls and events.
    """

    kinks: Floats | None
    yearly: Floats | None
    weekly: Floats | None
    baseline_process: Process | None
    media_process: Process | None
    signals: SignalTerms

    def select_cells(self, cells: Index) -> "Continuation":
        """Keep some cells of a panel."""

        def chosen(values: Floats | None) -> Floats | None:
            return None if values is None else values[:, cells]

        signals = replace(
            self.signals,
            values=self.signals.values[:, cells],
            parameters=self.signals.parameters.select(cells=cells),
        )
        return replace(
            self,
            kinks=chosen(self.kinks),
            yearly=chosen(self.yearly),
            weekly=chosen(self.weekly),
            signals=signals,
        )


def read_continuation(
    config: ModelConfig, components: xr.Dataset, fit_data: xr.Dataset
) -> Continuation | None:
    """Pick the continuation out of the stored data sets; None for a fit stored without."""
    if SIGNAL_COEFFICIENT not in components:
        return None

    def by_cell(name: str, dim: str) -> Floats | None:
        return _drawn(components[name], "cell", dim) if name in components else None

    return Continuation(
        kinks=by_cell(KINKS, "kink"),
        yearly=by_cell(YEARLY, "yearly_mode"),
        weekly=by_cell(WEEKLY, "weekly_mode"),
        baseline_process=_process(components, BASELINE_PROCESS),
        media_process=_process(components, MEDIA_PROCESS),
        signals=_signals(config, components, fit_data),
    )


def _signals(config: ModelConfig, components: xr.Dataset, fit_data: xr.Dataset) -> SignalTerms:
    names = tuple(str(name) for name in fit_data["signal_name"].to_numpy())
    carryover = {
        parameter.removeprefix("signal_"): _drawn(components[parameter], "signal_name")[:, None]
        for parameter in SIGNAL_CARRYOVER.values()
        if parameter in components
    }
    return SignalTerms(
        names=names,
        labels=tuple(str(label) for label in fit_data["signal_label"].to_numpy()),
        values=fit_data["signal"].transpose("date", "cell", "signal_name").to_numpy(),
        centre=fit_data["signal_centre"].to_numpy(),
        scale=fit_data["signal_scale"].to_numpy(),
        parameters=ResponseParameters(
            tuple(_shapes(config, names)),
            _drawn(components[SIGNAL_COEFFICIENT], "cell", "signal_name"),
            **carryover,
        ),
    )


def _shapes(config: ModelConfig, names: Iterable[str]) -> Iterable[ResponseShape]:
    adstocks = {one.name: one.adstock for one in config.competitors}
    adstocks |= {one.name: one.adstock or NO_CARRYOVER for one in config.controls}
    for name in names:
        adstock = adstocks.get(name, NO_CARRYOVER)
        yield ResponseShape(adstock.family, adstock.lags, "none")


def _process(components: xr.Dataset, name: str) -> Process | None:
    if name not in components:
        return None
    stored = components[name]
    return Process(
        weights=_drawn(stored, f"{name}_mode"),
        mean=components[f"{name}_mean"].to_numpy().astype(np.float64),
        centre=float(stored.attrs["centre"]),
        boundary=float(stored.attrs["boundary"]),
    )


def _drawn(values: xr.DataArray, *dims: str) -> Floats:
    return values.transpose("sample", *dims).to_numpy().astype(np.float64)
