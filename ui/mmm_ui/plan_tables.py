"""Plans and frontiers as data frames for tables and charts."""

from collections.abc import Iterable, Mapping

import pandas as pd

from mmm.analysis.v1.analysis_pb2 import Units
from mmm.common.v1.common_pb2 import Estimate
from mmm.common.v1.model_config_pb2 import KPI_KIND_COUNT
from mmm.optimizer.v1.optimizer_pb2 import (
    BINDING_BOUND_MAXIMUM,
    BINDING_BOUND_MINIMUM,
    BudgetPlan,
    ChannelAllocation,
    PlanConstraint,
)
from mmm.optimizer.v1.optimizer_service_pb2 import GetFrontierResponse
from mmm_ui.wording import interval

NEXT_UNIT = "Next unit of money brings"
_BOUNDS = {BINDING_BOUND_MINIMUM: "at its minimum", BINDING_BOUND_MAXIMUM: "at its maximum"}


def allocation_table(plan: BudgetPlan, units: Units) -> pd.DataFrame:
    """One row per channel of a plan."""
    title, field = return_of_plan(units)

    def row(channel: ChannelAllocation) -> dict[str, object]:
        return {
            "Channel": channel.display_name,
            "Now": round(channel.reference_spend, 2),
            "Plan": round(channel.spend, 2),
            "Change": channel.change if channel.HasField("change") else None,
            "Per period": round(channel.spend_per_period, 2),
            "Gained": interval(channel.incremental_outcome),
            title: interval(getattr(channel, field)) if channel.HasField(field) else "",
            NEXT_UNIT: interval(channel.marginal_return) if channel.HasField("marginal_return") else "",
            "Remark": "; ".join(_remarks(channel)),
        }

    return pd.DataFrame([row(channel) for channel in plan.allocations])


def return_of_plan(units: Units) -> tuple[str, str]:
    """Name and field of what a plan's money returns: ROI, or cost per unit of a count KPI."""
    if units.kpi_kind == KPI_KIND_COUNT:
        return f"Cost per {units.kpi_display_name}", "cost_per_unit"
    return "ROI", "roi"


def _remarks(channel: ChannelAllocation) -> list[str]:
    remarks = [_BOUNDS[channel.binding_bound]] if channel.binding_bound in _BOUNDS else []
    return [*remarks, "more than was ever spent in a period"] if channel.extrapolated else remarks


def spends_by_period(plan: BudgetPlan) -> pd.DataFrame:
    """Money by date and channel, one row each."""
    return pd.DataFrame(
        [
            {"date": pd.to_datetime(period.date), "channel": channel.display_name, "spend": spend}
            for period in plan.periods
            for channel, spend in zip(plan.allocations, period.spend, strict=True)
        ]
    )


def outcomes_by_period(plan: BudgetPlan) -> pd.DataFrame:
    """KPI units gained by date."""
    return pd.DataFrame(
        [{"date": pd.to_datetime(period.date), **_figures(period.outcome)} for period in plan.periods]
    )


def spends_by_cell(plan: BudgetPlan) -> pd.DataFrame:
    """Money by cell of a panel and channel, one row each."""
    return pd.DataFrame(
        [
            {"cell": " / ".join(cell.labels), "channel": channel.display_name, "spend": spend}
            for cell in plan.cells
            for channel, spend in zip(plan.allocations, cell.spend, strict=True)
        ]
    )


def frontier_points(found: GetFrontierResponse) -> pd.DataFrame:
    """Outcome of every budget."""
    return pd.DataFrame([{"budget": one.budget, **_figures(one.outcome)} for one in found.points])


def marginal_points(found: GetFrontierResponse) -> pd.DataFrame:
    """What the next unit of money brings at every budget."""
    return pd.DataFrame([{"budget": one.budget, **_figures(one.marginal_return)} for one in found.points])


def frontier_marks(found: GetFrontierResponse) -> pd.DataFrame:
    """The present budget and, where there is one, the budget at which money stops paying."""
    present = sum(channel.reference_spend for channel in found.breakeven.allocations)
    marks = [(present, "Present budget")]
    if found.hurdle_met:
        marks.append((found.breakeven.total_budget, "Stops paying"))
    return pd.DataFrame(
        [{"budget": budget, "mark": mark, "place": place} for place, (budget, mark) in enumerate(marks)]
    )


def trade_off_points(plans: Mapping[str, BudgetPlan]) -> pd.DataFrame:
    """Mean and lower end of the outcome of plans, by what they are best in."""
    return pd.DataFrame([{"plan": name, **_figures(plan.outcome)} for name, plan in plans.items()])


def in_words(constraints: Iterable[PlanConstraint], channels: Mapping[str, str]) -> list[str]:
    """Constraints as sentences, channels by the names people know."""
    return [_named(one.meaning, channels) for one in constraints]


def _named(meaning: str, channels: Mapping[str, str]) -> str:
    for slug, name in channels.items():
        meaning = meaning.replace(f"channel '{slug}'", name).replace(f"'{slug}'", name)
    return meaning[:1].upper() + meaning[1:]


def _figures(estimate: Estimate) -> dict[str, float]:
    return {"mean": estimate.mean, "lower": estimate.lower, "upper": estimate.upper}
