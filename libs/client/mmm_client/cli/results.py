"""Everything `mmm run` shows and writes about a finished fit, as the services gave it."""

from dataclasses import dataclass

from mmm.analysis.v1.analysis_pb2 import COMPONENT_KIND_PAID, Diagnostics
from mmm.analysis.v1.analysis_service_pb2 import (
    GetChannelResultsResponse,
    GetLiftTestsResponse,
    GetSignalEffectsResponse,
    GetSummaryResponse,
)
from mmm.common.v1.common_pb2 import DateRange
from mmm.fitting.v1.fitting_pb2 import Fit
from mmm.optimizer.v1.optimizer_pb2 import ChannelBounds, PlanSettings
from mmm.optimizer.v1.optimizer_service_pb2 import OptimizeBudgetResponse
from mmm_client.client import Client
from mmm_core.config import PERIODS_PER_YEAR, ModelConfig


@dataclass(frozen=True, slots=True)
class RunResults:
    """Answers of the services about one fit.

    `plan` is None when nothing was spent in the last year.
    """

    fit: Fit
    channels: GetChannelResultsResponse
    summary: GetSummaryResponse
    signals: GetSignalEffectsResponse
    lift_tests: GetLiftTestsResponse
    diagnostics: Diagnostics
    plan: OptimizeBudgetResponse | None


@dataclass(frozen=True, slots=True)
class PlanWish:
    """What to plan for.

    Attributes
    ----------
    budget : float or None
        Money over the horizon. Default: the last year's average level.
    horizon : int or None
        Periods. Default: one year.
    max_change : float
        How far a channel's share of the budget may move from its share of the last year's spend, as a
        fraction of the latter.
    """

    budget: float | None
    horizon: int | None
    max_change: float


def collect_results(client: Client, fit: Fit, config: ModelConfig, wish: PlanWish) -> RunResults:
    """Ask the services for everything."""
    contributions = client.contributions(fit.name)
    year = round(PERIODS_PER_YEAR[config.frequency])
    return RunResults(
        fit=fit,
        channels=client.channel_results(fit.name),
        summary=client.summary(fit.name),
        signals=client.signal_effects(fit.name),
        lift_tests=client.lift_tests(fit.name),
        diagnostics=client.diagnostics(fit.name),
        plan=_plan(client, fit, list(contributions.kpi.dates)[-year:], wish, year),
    )


def _plan(
    client: Client, fit: Fit, last_year: list[str], wish: PlanWish, year: int
) -> OptimizeBudgetResponse | None:
    """Optimise around the last year's spend; None when there was none to start from."""
    window = DateRange(start=last_year[0], end=last_year[-1])
    spent = client.channel_results(fit.name, window=window)
    total = spent.total_paid.spend
    if total <= 0:
        return None
    periods = wish.horizon or year
    budget = wish.budget or total / len(last_year) * periods
    bounds = [
        ChannelBounds(
            channel=row.name,
            minimum=budget * row.spend / total * max(0.0, 1 - wish.max_change),
            maximum=min(budget, budget * row.spend / total * (1 + wish.max_change)),
        )
        for row in spent.channels
        if row.kind == COMPONENT_KIND_PAID
    ]
    return client.optimize(fit.name, budget, settings=PlanSettings(horizon_periods=periods, bounds=bounds))
