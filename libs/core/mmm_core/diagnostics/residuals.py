"""Checks for patterns left in the residuals."""

import math

import numpy as np
from scipy import fft, stats

from mmm_core.config import PERIODS_PER_YEAR
from mmm_core.diagnostics.checks import Check, judged
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.model_data import cell_label

# Our conventions for the size that matters.
LAG_1_GOOD, LAG_1_BAD = 0.3, 0.6
# Chance of a false alarm over all cells together.
FALSE_ALARM = 0.01
# A fifth of the periods at most: Hyndman and Athanasopoulos, "Forecasting: principles and practice" (3rd ed.,
# 2021), section 5.4.
MOST_LAGS_SHARE = 0.2
# Of the residuals, to learn the figure's distribution; the seed makes the same fit give the same figure.
PERMUTATIONS, SEED = 499, 1


def residual_checks(fit: FittedModel, expected: Floats) -> list[Check]:
    """Judge the autocorrelation of the residuals in each cell, and report the worst cell.

    Parameters
    ----------
    fit : FittedModel
        The fit.
    expected : array, shape (T, G)
        Posterior mean of the expected KPI.
    """
    periods, cells = len(fit.dates), [cell_label(cell) for cell in fit.cells]
    lags = max(1, min(round(PERIODS_PER_YEAR[fit.config.frequency]), int(MOST_LAGS_SHARE * periods)))
    residual = fit.kpi - expected
    return [
        _first_lag(autocorrelation(residual, 1)[0], periods, cells),
        _all_lags(residual, lags, cells),
    ]


def autocorrelation(residual: Floats, lags: int) -> Floats:
    """Autocorrelation of series of shape (T, G) at the lags 1, 2, …, shape (lags, G)."""
    centred = residual - residual.mean(axis=0)
    variance = (centred**2).sum(axis=0)
    padded = fft.next_fast_len(2 * len(residual), real=True)
    products = fft.irfft(np.abs(fft.rfft(centred, padded, axis=0)) ** 2, padded, axis=0)[1 : lags + 1]
    return np.asarray(products / np.where(variance > 0, variance, 1.0))


def _first_lag(correlation: Floats, periods: int, cells: list[str]) -> Check:
    worst = int(np.abs(correlation).argmax())
    value = float(correlation[worst])
    # Correlations of pure noise have a standard deviation of 1/√T; the more cells, the larger the largest.
    by_chance = float(stats.norm.isf(FALSE_ALARM / (2 * len(cells)))) / math.sqrt(periods)
    limit = max(LAG_1_GOOD, by_chance)
    return judged(
        "AUTOCORRELATION",
        value,
        f"between {-limit:.2g} and {limit:.2g}",
        good=abs(value) <= limit,
        bad=abs(value) > max(LAG_1_BAD, limit),
        advice="Something that lasts is missing: add controls or a more flexible trend "
        "(`trend: {kind: gaussian_process}`), and look at the residuals over time."
        if value > 0
        else "The residuals alternate: look for a pattern of the data's making, such as late bookings.",
        subject=cells[worst],
    )


def ljung_box(residual: Floats, lags: int) -> Floats:
    """Ljung-Box figure of series of shape (T, G) over the first lags, shape (G,).

    Ljung and Box, "On a measure of lack of fit in time series models" (Biometrika, 1978).
    """
    periods = len(residual)
    left = periods - np.arange(1, lags + 1)[:, None]
    correlation = autocorrelation(residual, lags)
    return np.asarray(periods * (periods + 2) * (correlation**2 / left).sum(axis=0))


def _all_lags(residual: Floats, lags: int, cells: list[str]) -> Check:
    """Judge all lags of all cells together, by the largest figure.

    Its p-value is a permutation's: the chi-squared distribution that it has in long series gives two to three
    times as many false alarms in series as short as these.
    """
    figures = ljung_box(residual, lags)
    rng = np.random.default_rng(SEED)
    shuffled = (ljung_box(rng.permutation(residual), lags).max() for _ in range(PERMUTATIONS))
    as_large = sum(bool(figure >= figures.max()) for figure in shuffled)
    value = (1 + as_large) / (1 + PERMUTATIONS)
    return judged(
        "LJUNG_BOX",
        value,
        f"at least {FALSE_ALARM:g} over {lags} lags",
        good=value >= FALSE_ALARM,
        advice="A pattern in time is missing: look for seasonality, holidays, events and controls.",
        subject=cells[int(figures.argmax())],
    )
