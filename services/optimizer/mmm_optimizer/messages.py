"""Plans as they go over the wire; no decisions here."""

from collections.abc import Iterable

from mmm.common.v1 import common_pb2
from mmm.optimizer.v1 import optimizer_pb2, optimizer_service_pb2
from mmm_core.config import Kpi
from mmm_core.estimates import Estimate
from mmm_core.messages import estimate_to_proto, units_to_proto
from mmm_optimizer.constraints import Constraint
from mmm_optimizer.frontier import Frontier, FrontierPoint
from mmm_optimizer.plans import Allocation, BindingBound, BudgetPlan
from mmm_optimizer.solver import Solution
from mmm_optimizer.targets import TargetPlan

_BINDING = {
    BindingBound.NONE: optimizer_pb2.BINDING_BOUND_UNSPECIFIED,
    BindingBound.MINIMUM: optimizer_pb2.BINDING_BOUND_MINIMUM,
    BindingBound.MAXIMUM: optimizer_pb2.BINDING_BOUND_MAXIMUM,
}


def plan_to_wire(fit_name: str, plan: BudgetPlan) -> optimizer_pb2.BudgetPlan:
    """Write a plan."""
    comparison = plan.comparison
    return optimizer_pb2.BudgetPlan(
        fit=fit_name,
        horizon_periods=plan.problem.horizon.periods,
        total_budget=plan.budget,
        allocations=[_allocation_to_wire(allocation) for allocation in plan.allocations],
        outcome=_estimate_to_wire(plan.outcome),
        reference_outcome=_estimate_to_wire(comparison.reference_outcome if comparison else None),
        improvement=_estimate_to_wire(comparison.improvement if comparison else None),
        improvement_probability=comparison.improvement_probability if comparison else 0.0,
        roi=_estimate_to_wire(plan.roi),
        cost_per_unit=_estimate_to_wire(plan.cost_per_unit),
        solver=None if plan.solution is None else _solver_to_wire(plan.solution),
        periods=[
            optimizer_pb2.PlanPeriod(
                date=str(period.date),
                spend=period.spend.tolist(),
                outcome=_estimate_to_wire(period.outcome),
                demand=period.demand,
            )
            for period in plan.periods
        ],
        outcome_after_horizon=_estimate_to_wire(plan.after),
        cells=[optimizer_pb2.PlanCell(labels=cell.labels, spend=cell.spend.tolist()) for cell in plan.cells],
        binding_constraints=_constraints_to_wire(plan.binding),
        violated_constraints=_constraints_to_wire(plan.violated),
    )


def target_to_wire(fit_name: str, found: TargetPlan, kpi: Kpi) -> optimizer_service_pb2.FindBudgetResponse:
    """Write the plan that reaches a target."""
    return optimizer_service_pb2.FindBudgetResponse(
        plan=plan_to_wire(fit_name, found.plan),
        reached=found.is_reached,
        reached_level=found.reached,
        reached_probability=found.probability,
        units=units_to_proto(kpi),
    )


def frontier_to_wire(
    fit_name: str, frontier: Frontier, kpi: Kpi
) -> optimizer_service_pb2.GetFrontierResponse:
    """Write a frontier."""
    return optimizer_service_pb2.GetFrontierResponse(
        points=[_point_to_wire(point) for point in frontier.points],
        breakeven=plan_to_wire(fit_name, frontier.breakeven.plan),
        hurdle_met=frontier.breakeven.is_reached,
        units=units_to_proto(kpi),
    )


def _point_to_wire(point: FrontierPoint) -> optimizer_pb2.FrontierPoint:
    return optimizer_pb2.FrontierPoint(
        budget=point.budget,
        spend=point.spend.tolist(),
        outcome=_estimate_to_wire(point.outcome),
        marginal_return=_estimate_to_wire(point.marginal_return),
        utility=point.utility,
        upper_bound=point.upper_bound,
    )


def _allocation_to_wire(allocation: Allocation) -> optimizer_pb2.ChannelAllocation:
    return optimizer_pb2.ChannelAllocation(
        name=allocation.name,
        display_name=allocation.label,
        spend=allocation.spend,
        spend_per_period=allocation.spend_per_period,
        reference_spend=allocation.reference_spend,
        change=allocation.change,
        incremental_outcome=_estimate_to_wire(allocation.outcome),
        roi=_estimate_to_wire(allocation.roi),
        cost_per_unit=_estimate_to_wire(allocation.cost_per_unit),
        marginal_return=_estimate_to_wire(allocation.marginal_return),
        binding_bound=_BINDING[allocation.binding_bound],
        extrapolated=allocation.extrapolated,
    )


def _solver_to_wire(solution: Solution) -> optimizer_pb2.SolverReport:
    certificate = solution.certificate
    return optimizer_pb2.SolverReport(
        method=solution.method,
        iterations=solution.iterations,
        budget_residual=certificate.budget_residual,
        optimality_residual=certificate.optimality_residual,
        message=solution.message,
        constraint_residual=certificate.constraint_residual,
        utility=solution.utility,
        upper_bound=certificate.upper_bound,
        bound_is_exact=certificate.is_exact,
    )


def _constraints_to_wire(constraints: Iterable[Constraint]) -> list[optimizer_pb2.PlanConstraint]:
    return [optimizer_pb2.PlanConstraint(field=one.field, meaning=one.meaning) for one in constraints]


def _estimate_to_wire(estimate: Estimate | None) -> common_pb2.Estimate | None:
    return None if estimate is None else estimate_to_proto(estimate)
