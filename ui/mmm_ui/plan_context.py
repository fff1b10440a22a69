"""What the planning page knows of a fit before anything is asked: channels, their level, periods, cells."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mmm.analysis.v1.analysis_pb2 import Units
from mmm.common.v1.model_config_pb2 import KPI_KIND_REVENUE, Kpi
from mmm.fitting.v1.fitting_pb2 import Fit
from mmm.optimizer.v1.optimizer_pb2 import PlanSettings
from mmm.optimizer.v1.optimizer_service_pb2 import EvaluatePlanResponse
from mmm_ui.access import client
from mmm_ui.state import answer


@dataclass(frozen=True, slots=True)
class PlanContext:
    """A fit as a planner sees it.

    Attributes
    ----------
    fit : str
        Resource name.
    units : Units
        Words and units.
    has_value : bool
        Whether a KPI unit is worth money, so that one can speak of ROI.
    channels : mapping
        Names people know, by slug.
    level : mapping
        Money per period at the average level of the last year, by slug.
    year : int
        Periods in a year.
    cells : mapping
        Labels by dimension of a panel, in the order of the cells; empty without one.
    """

    fit: str
    units: Units
    has_value: bool
    channels: Mapping[str, str]
    level: Mapping[str, float]
    year: int
    cells: Mapping[str, list[str]]

    def key(self, what: str) -> str:
        """Key of a widget: another fit has other channels and begins anew."""
        return f"plan {what} {self.fit}"


def read_context(fit: Fit) -> PlanContext:
    """Ask the optimizer for a plan that spends nothing: it says all of it."""
    year = horizon_of(fit.name, None)
    plan = year.plan
    labels = list(zip(*(cell.labels for cell in plan.cells), strict=True))
    return PlanContext(
        fit=fit.name,
        units=year.units,
        has_value=_has_value(fit.config.kpi),
        channels={one.name: one.display_name for one in plan.allocations},
        level={one.name: one.reference_spend / plan.horizon_periods for one in plan.allocations},
        year=plan.horizon_periods,
        cells={
            dimension: list(dict.fromkeys(of_cells))
            for dimension, of_cells in zip(fit.config.dimensions, labels, strict=True)
        },
    )


def counting(context: PlanContext, settings: PlanSettings) -> PlanContext:
    """The fit as a planner sees it when other outcomes may count too: what is planned is then money."""
    if not settings.also:
        return context
    units = Units(
        kpi_kind=KPI_KIND_REVENUE, kpi_display_name="Value of all outcomes", currency=context.units.currency
    )
    return replace(context, units=units, has_value=True)


def horizon_of(fit: str, periods: int | None) -> EvaluatePlanResponse:
    """Give a horizon, a year by default, with its dates and nothing spent."""
    return answer(("horizon", fit, periods), lambda: client().empty_plan(fit, horizon_periods=periods))


def _has_value(kpi: Kpi) -> bool:
    return kpi.kind == KPI_KIND_REVENUE or kpi.HasField("value_per_unit") or kpi.HasField("value_column")
