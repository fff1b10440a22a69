"""Everything `mmm run` shows and writes about a finished fit, as the services gave it."""

from dataclasses import dataclass

from mmm.analysis.v1.analysis_pb2 import Diagnostics
from mmm.analysis.v1.analysis_service_pb2 import (
    GetChannelResultsResponse,
    GetContributionsResponse,
    GetResponseCurvesResponse,
)
from mmm.common.v1.common_pb2 import DateRange
from mmm.fitting.v1.fitting_pb2 import Fit
from mmm.optimizer.v1.optimizer_service_pb2 import OptimizeBudgetResponse
from mmm_client.client import Client
from mmm_core.config import ModelConfig
from mmm_core.config.schema import PERIODS_PER_YEAR


@dataclass(frozen=True, slots=True)
class RunResults:
    """Answers of the services about one fit.

    `plan` is None when no budget was given and nothing was spent in the last year.
    """

    fit: Fit
    contributions: GetContributionsResponse
    channels: GetChannelResultsResponse
    curves: GetResponseCurvesResponse
    diagnostics: Diagnostics
    plan: OptimizeBudgetResponse | None


def collect_results(
    client: Client, fit: Fit, config: ModelConfig, *, budget: float | None, horizon: int | None
) -> RunResults:
    """Ask for everything.

    Parameters
    ----------
    budget : float or None
        Money over the horizon. Default: the last year's average level.
    horizon : int or None
        Periods to plan. Default: one year.
    """
    contributions = client.contributions(fit.name)
    year = round(PERIODS_PER_YEAR[config.frequency])
    periods = horizon or year
    if budget is None:
        budget = _budget_at_present_level(client, fit, list(contributions.kpi.dates)[-year:], periods)
    return RunResults(
        fit=fit,
        contributions=contributions,
        channels=client.channel_results(fit.name),
        curves=client.response_curves(fit.name),
        diagnostics=client.diagnostics(fit.name),
        plan=client.optimize(fit.name, budget, horizon_periods=periods) if budget > 0 else None,
    )


def _budget_at_present_level(client: Client, fit: Fit, last_year: list[str], periods: int) -> float:
    """Money over `periods` when every period costs what one of the last year did on average."""
    window = DateRange(start=last_year[0], end=last_year[-1])
    spent = client.channel_results(fit.name, window=window).total_paid.spend
    return spent / len(last_year) * periods
