"""Fits side by side as data frames for tables and charts."""

from collections.abc import Mapping

import pandas as pd

from mmm.analysis.v1.analysis_pb2 import ComparedFit
from mmm.analysis.v1.analysis_service_pb2 import CompareFitsResponse
from mmm_charts.returns import return_points
from mmm_core.health_words import status_verdict
from mmm_core.return_words import ReturnWords, return_words
from mmm_ui.wording import interval


def quality_table(found: CompareFitsResponse, labels: Mapping[str, str]) -> pd.DataFrame:
    """One row per fit: how far it can be trusted, and how well it predicts."""
    return pd.DataFrame([_quality_row(one, labels[one.fit]) for one in found.fits])


def _quality_row(one: ComparedFit, label: str) -> dict[str, object]:
    convergence, quality = one.convergence, one.in_sample_fit
    has_loo, differs, held = one.HasField("loo"), one.HasField("elpd_difference"), one.HasField("holdout")
    return {
        "Fit": label,
        "Health": status_verdict(one.health),
        "R²": quality.r_squared,
        "Mean error": quality.mape,
        "Leave-one-out": one.loo.elpd if has_loo else None,
        "Difference to the best": one.elpd_difference if differs else None,
        "Its standard error": one.elpd_difference_error if differs else None,
        "Withheld periods": one.holdout_periods if held else None,
        "Withheld MAPE": one.holdout.mape if held else None,
        "Withheld CRPS": one.holdout.crps if held else None,
        "Largest R-hat": convergence.max_r_hat,
        "Smallest bulk ESS": convergence.min_ess_bulk,
        "Divergences": convergence.divergences,
        "To look at": ", ".join(dict.fromkeys(check.title for check in one.failed_checks)),
    }


def setting_table(found: CompareFitsResponse, labels: Mapping[str, str]) -> pd.DataFrame:
    """One row per setting that differs, one column per fit; empty where a fit does not have it."""
    columns = ["Setting", *(labels[one.fit] for one in found.fits)]
    return pd.DataFrame([(one.field, *one.values) for one in found.settings], columns=columns)


def compared_returns(
    found: CompareFitsResponse, labels: Mapping[str, str]
) -> tuple[ReturnWords, pd.DataFrame]:
    """Returns of all fits whose KPI is spoken of as the first one's is, and the words."""
    words = return_words(found.fits[0].units)
    frames = [
        points.loc[points["source"] == "Posterior"].assign(fit=labels[one.fit])
        for one in found.fits
        if return_words(one.units) == words and not (points := return_points(one.channels, words)).empty
    ]
    return words, pd.concat(frames) if frames else pd.DataFrame()


def return_table(found: CompareFitsResponse, labels: Mapping[str, str]) -> pd.DataFrame:
    """One row per channel, one column per fit: its return with the interval."""
    rows: dict[str, dict[str, object]] = {}
    for one in found.fits:
        words = return_words(one.units)
        for channel in one.channels:
            figure = words.of(channel)
            row = rows.setdefault(channel.name, {"Channel": channel.display_name})
            row[labels[one.fit]] = interval(figure) if figure else ""
    return pd.DataFrame(rows.values()).fillna("")


def contribution_table(found: CompareFitsResponse, labels: Mapping[str, str]) -> pd.DataFrame:
    """One row per component and fit: what it brings more or less than in the first."""
    return pd.DataFrame(
        [
            {
                "Component": one.display_name,
                "Fit": labels[one.fit],
                "KPI units more": interval(one.difference),
                "Share of KPI more": one.share_difference.median,
                "From": one.share_difference.lower,
                "To": one.share_difference.upper,
            }
            for one in found.contributions
        ]
    )


def contribution_points(found: CompareFitsResponse, labels: Mapping[str, str]) -> pd.DataFrame:
    """Differences of shares of the expected KPI, for the interval chart."""
    return pd.DataFrame(
        [
            {
                "channel": one.display_name,
                "fit": labels[one.fit],
                "median": one.share_difference.median,
                "lower": one.share_difference.lower,
                "upper": one.share_difference.upper,
            }
            for one in found.contributions
        ]
    )
