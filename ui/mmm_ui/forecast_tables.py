"""Forecasts and how good they were, as data frames."""

import pandas as pd

from mmm.analysis.v1.analysis_service_pb2 import ForecastKpiResponse
from mmm.common.v1.common_pb2 import ForecastScore
from mmm.fitting.v1.fitting_pb2 import CrossValidation, FitState, Holdout
from mmm_ui.wording import interval

SEASONAL_NAIVE = "Seasonal-naive"


def forecast_series(answer: ForecastKpiResponse) -> pd.DataFrame:
    """Expected and predicted KPI by date, for the chart."""
    return pd.DataFrame(
        [
            {
                "date": pd.to_datetime(period.date),
                "expected": period.expected.mean,
                "lower": period.expected.lower,
                "upper": period.expected.upper,
                "predicted_lower": period.predicted.lower,
                "predicted_upper": period.predicted.upper,
                "observed": period.observed if period.HasField("observed") else None,
            }
            for period in answer.periods
        ]
    )


def forecast_table(answer: ForecastKpiResponse) -> pd.DataFrame:
    """One row per period, then the total."""
    rows = [
        {
            "Period": period.date,
            "Expected": interval(period.expected),
            "With chance": interval(period.predicted),
            "Observed": period.observed if period.HasField("observed") else None,
        }
        for period in answer.periods
    ]
    total = {
        "Period": "Total",
        "Expected": interval(answer.expected_total),
        "With chance": interval(answer.predicted_total),
        "Observed": None,
    }
    return pd.DataFrame([*rows, total]).dropna(axis="columns", how="all")


def holdout_table(holdout: Holdout) -> pd.DataFrame:
    """The fit's forecast of its withheld periods beside the seasonal-naive one."""
    scores = {"This fit": holdout.score, SEASONAL_NAIVE: holdout.naive_score}
    return pd.DataFrame([{"Forecast": name, **score_cells(score)} for name, score in scores.items()])


def fold_table(found: CrossValidation) -> pd.DataFrame:
    """One row per fold, then the average of those that ended."""
    rows: list[dict[str, object]] = []
    for fold in found.folds:
        row: dict[str, object] = {
            "Withheld": f"{fold.window.start} to {fold.window.end}",
            "State": FitState.Name(fold.state).removeprefix("FIT_STATE_").capitalize(),
        }
        if fold.HasField("holdout"):
            row |= _against_naive(fold.holdout.score, fold.holdout.naive_score)
        rows.append(row)
    if found.HasField("score"):
        rows.append({"Withheld": "Average", "State": "", **_against_naive(found.score, found.naive_score)})
    return pd.DataFrame(rows)


def score_cells(score: ForecastScore) -> dict[str, float]:
    """Figures of a score under the headings of tables."""
    return {"In the 90 % interval": score.coverage, "MAPE": score.mape, "CRPS": score.crps}


def _against_naive(score: ForecastScore, naive: ForecastScore) -> dict[str, float]:
    return score_cells(score) | {"Naive MAPE": naive.mape, "Naive CRPS": naive.crps}
