"""Checks of how the fit describes the observed KPI."""

import math

import numpy as np

from mmm_core.diagnostics.checks import Check, judged
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.model_data import ComponentKind
from mmm_core.predictive import Predictive
from mmm_core.records import InSampleFit

# Our conventions.
NEGATIVE_BASELINE_GOOD, NEGATIVE_BASELINE_BAD = 0.01, 0.1
R_SQUARED_GOOD, MAPE_GOOD = 0.7, 0.2
# How far coverage may be off, by the interval's probability; our convention. A model covers a little more of
# the data it was fitted on than of others.
COVERAGE_ALLOWANCE = {0.5: 0.1, 0.9: 0.05}
# Gelman, Carlin, Stern, Dunson, Vehtari and Rubin, "Bayesian Data Analysis" (3rd ed., 2013), section 6.3.
P_VALUE_LOW, P_VALUE_HIGH = 0.05, 0.95

STUDENT_T = "With single outliers, set `likelihood: {family: student_t}`, or name them as events."


def in_sample_checks(quality: InSampleFit) -> list[Check]:
    """Judge the in-sample fit; never fails a fit: closeness to the past is no proof of a right model."""
    return [
        judged(
            "R_SQUARED",
            quality.r_squared,
            f"at least {R_SQUARED_GOOD:g}",
            good=quality.r_squared >= R_SQUARED_GOOD,
            advice="Something that moves the KPI is not in the model.",
        ),
        judged(
            "MAPE",
            quality.mape,
            f"below {MAPE_GOOD:g}",
            good=quality.mape < MAPE_GOOD,
            advice="The model misses single periods: look for events and controls that explain them.",
        ),
    ]


def baseline_check(fit: FittedModel) -> Check:
    """Judge the share of periods and cells whose baseline has a negative posterior mean."""
    terms = [term.draws.mean(axis=0) for term in fit.components if term.kind is ComponentKind.BASELINE]
    negative = float((np.sum(terms, axis=0) < 0).mean())
    return judged(
        "NEGATIVE_BASELINE",
        negative,
        f"below {NEGATIVE_BASELINE_GOOD:g}",
        good=negative < NEGATIVE_BASELINE_GOOD,
        bad=negative >= NEGATIVE_BASELINE_BAD,
        advice="Media get more credit than there was KPI in some periods: lower the ROI priors or add "
        "controls.",
    )


def predictive_checks(predicted: Predictive) -> list[Check]:
    """Judge the posterior predictive distribution of the observed KPI."""
    below = predicted.probability_below()
    p_value = predicted.largest_residual_p_value()
    return [
        *(_coverage(below, probability) for probability in COVERAGE_ALLOWANCE),
        judged(
            "LARGEST_RESIDUAL",
            p_value,
            f"between {P_VALUE_LOW:g} and {P_VALUE_HIGH:g}",
            good=P_VALUE_LOW <= p_value <= P_VALUE_HIGH,
            advice=f"The data have an outlier the model does not know of. {STUDENT_T}"
            if p_value < P_VALUE_LOW
            else "The model expects larger outliers than there are: it has many parameters for few periods, "
            "or the noise is not of the assumed kind.",
        ),
    ]


def _coverage(below: Floats, probability: float) -> Check:
    """Judge the share of observations inside a central predictive interval.

    It may be off by `COVERAGE_ALLOWANCE`, or by two standard errors where data are few. Intervals that hold
    too much are a waste, not a danger, and never fail.
    """
    tail = (1 - probability) / 2
    share = float(((below >= tail) & (below <= 1 - tail)).mean())
    standard_error = math.sqrt(probability * (1 - probability) / below.size)
    allowance = max(COVERAGE_ALLOWANCE[probability], 2 * standard_error)
    return judged(
        f"COVERAGE_{100 * probability:.0f}",
        share,
        f"between {probability - allowance:.2g} and {min(1.0, probability + allowance):.2g}",
        good=abs(share - probability) <= allowance,
        bad=share < probability - 2 * allowance,
        advice=f"The KPI scatters more than the model says: its intervals are too narrow. {STUDENT_T}"
        if share < probability
        else f"The model's noise is wider than what is left unexplained. {STUDENT_T} Otherwise the model has "
        "many parameters for few periods.",
    )
