"""What the checks are called, and why they matter."""

from typing import NamedTuple


class Text(NamedTuple):
    """Words about a check.

    Attributes
    ----------
    title : str
        How people call it.
    why : str
        Why it matters, in a sentence.
    """

    title: str
    why: str


TEXTS = {
    "R_HAT": Text("R-hat", "Chains that disagree have not found the posterior."),
    "ESS_BULK": Text("Bulk effective sample size", "Means and medians rest on this many independent draws."),
    "ESS_TAIL": Text(
        "Tail effective sample size", "The ends of intervals rest on this many independent draws."
    ),
    "DIVERGENCES": Text("Divergences", "Parts of the posterior the sampler could not enter are missing."),
    "E_BFMI": Text(
        "Energy (E-BFMI)", "A sampler that changes its energy slowly explores heavy tails slowly."
    ),
    "R_SQUARED": Text("R²", "How much of the KPI's movement the model reproduces."),
    "MAPE": Text("Mean absolute error", "How far the model is off in a period, on average."),
    "NEGATIVE_BASELINE": Text(
        "Share of periods with a negative baseline",
        "A KPI below zero without media means that media are credited with more than there was.",
    ),
    "COVERAGE_50": Text(
        "Observations inside the 50 % predictive interval",
        "Intervals are to be believed only when they hold as much as they promise.",
    ),
    "COVERAGE_90": Text(
        "Observations inside the 90 % predictive interval",
        "Intervals are to be believed only when they hold as much as they promise.",
    ),
    "LARGEST_RESIDUAL": Text(
        "Bayesian p-value of the largest residual",
        "The fit's own simulated data should have outliers as large as the real data, no more and no less.",
    ),
    "AUTOCORRELATION": Text(
        "Autocorrelation of residuals at lag 1",
        "Errors that last from one period to the next make intervals too narrow, and media may take their "
        "place.",
    ),
    "LJUNG_BOX": Text(
        "Ljung-Box p-value of residuals",
        "A pattern left in the residuals is one that media can be credited with by mistake.",
    ),
    "PRIOR_SHIFT": Text(
        "Overlap of prior and posterior return", "It tells what was learnt from what was believed."
    ),
    "IMPLAUSIBLE_EFFECT": Text(
        "Probability of an implausible return",
        "A medium that brings most of the KPI, or far more or less than was thought possible, mostly stands "
        "for something that is not in the model.",
    ),
    "PARETO_K": Text(
        "Observations that sway the fit (Pareto k)",
        "Where leaving one observation out would change the fit much, that one decides the result, and the "
        "leave-one-out figure cannot be trusted.",
    ),
}
