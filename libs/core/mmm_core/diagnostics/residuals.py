"""Checks for patterns left in the residuals."""

import math

import numpy as np
from scipy import stats

from mmm_core.config import PERIODS_PER_YEAR
from mmm_core.diagnostics.checks import Check, judged
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.model_data import cell_label

# Our conventions for the size that matters.
LAG_1_GOOD, LAG_1_BAD = 0.3, 0.6
# Chance of a false alarm over all cells together.
FALSE_ALARM = 0.01
# Ljung and Box, "On a measure of lack of fit in time series models" (Biometrika, 1978); with more lags than a
# fraction of the periods the figure's distribution is no longer the one assumed.
MOST_LAGS_SHARE = 0.25


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
    correlation = autocorrelation(fit.kpi - expected, lags)
    return [
        _first_lag(correlation[0], periods, cells),
        _ljung_box(correlation, periods, cells),
    ]


def autocorrelation(residual: Floats, lags: int) -> Floats:
    """Autocorrelation of series of shape (T, G) at the lags 1, 2, …, shape (lags, G)."""
    centred = residual - residual.mean(axis=0)
    variance = (centred**2).sum(axis=0)
    products = [(centred[lag:] * centred[:-lag]).sum(axis=0) for lag in range(1, lags + 1)]
    return np.stack(products) / np.where(variance > 0, variance, 1.0)


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


def _ljung_box(correlation: Floats, periods: int, cells: list[str]) -> Check:
    """Judge all lags together; the smallest p-value, times the number of cells (Bonferroni)."""
    lags = np.arange(1, len(correlation) + 1)[:, None]
    figure = periods * (periods + 2) * (correlation**2 / (periods - lags)).sum(axis=0)
    worst = int(figure.argmax())
    value = min(1.0, len(cells) * float(stats.chi2.sf(figure[worst], len(correlation))))
    return judged(
        "LJUNG_BOX",
        value,
        f"at least {FALSE_ALARM:g} over {len(correlation)} lags",
        good=value >= FALSE_ALARM,
        advice="A pattern in time is missing: look for seasonality, holidays, events and controls.",
        subject=cells[worst],
    )
