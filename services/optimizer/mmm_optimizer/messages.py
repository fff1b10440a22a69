"""Between messages of the wire and the domain; no decisions here."""

from mmm.common.v1 import common_pb2
from mmm.optimizer.v1 import optimizer_pb2, optimizer_service_pb2
from mmm_core.estimates import Estimate
from mmm_core.messages import estimate_to_proto
from mmm_optimizer.plans import Allocation, BindingBound, BudgetPlan
from mmm_optimizer.problem import Bound, PlanRequest, Utility
from mmm_optimizer.solver import Solution

_UTILITIES = {
    optimizer_pb2.UTILITY_UNSPECIFIED: Utility.MEAN,
    optimizer_pb2.UTILITY_MEAN: Utility.MEAN,
}
_BINDING = {
    BindingBound.NONE: optimizer_pb2.BINDING_BOUND_UNSPECIFIED,
    BindingBound.MINIMUM: optimizer_pb2.BINDING_BOUND_MINIMUM,
    BindingBound.MAXIMUM: optimizer_pb2.BINDING_BOUND_MAXIMUM,
}


def request_from_wire(message: optimizer_service_pb2.OptimizeBudgetRequest) -> PlanRequest:
    """Read a request; an unset field and a utility nobody knows both become None."""
    return PlanRequest(
        total_budget=message.total_budget,
        horizon_periods=message.horizon_periods if message.HasField("horizon_periods") else None,
        bounds=[
            Bound(
                bound.channel,
                bound.minimum if bound.HasField("minimum") else None,
                bound.maximum if bound.HasField("maximum") else None,
            )
            for bound in message.bounds
        ],
        utility=_UTILITIES.get(message.utility),
        interval_probability=(
            message.interval_probability if message.HasField("interval_probability") else None
        ),
    )


def plan_to_wire(fit_name: str, plan: BudgetPlan) -> optimizer_pb2.BudgetPlan:
    """Write a plan."""
    comparison = plan.comparison
    return optimizer_pb2.BudgetPlan(
        fit=fit_name,
        horizon_periods=plan.problem.horizon_periods,
        total_budget=plan.problem.budget,
        allocations=[_allocation_to_wire(allocation) for allocation in plan.allocations],
        outcome=_estimate_to_wire(plan.outcome),
        reference_outcome=_estimate_to_wire(comparison.reference_outcome if comparison else None),
        improvement=_estimate_to_wire(comparison.improvement if comparison else None),
        improvement_probability=comparison.improvement_probability if comparison else 0.0,
        roi=_estimate_to_wire(plan.roi),
        cost_per_unit=_estimate_to_wire(plan.cost_per_unit),
        solver=_solver_to_wire(plan.solution, plan.problem.budget),
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


def _solver_to_wire(solution: Solution, budget: float) -> optimizer_pb2.SolverReport:
    return optimizer_pb2.SolverReport(
        method=solution.method,
        iterations=solution.iterations,
        budget_residual=float(solution.spend.sum()) - budget,
        optimality_residual=solution.optimality_residual,
        message=solution.message,
    )


def _estimate_to_wire(estimate: Estimate | None) -> common_pb2.Estimate | None:
    return None if estimate is None else estimate_to_proto(estimate)
