"""Plans for the future."""

from collections.abc import Iterable
from typing import overload

from mmm.optimizer.v1.optimizer_pb2 import HandMadeSpend, PlanSettings, Target
from mmm.optimizer.v1.optimizer_service_pb2 import (
    EvaluatePlanRequest,
    EvaluatePlanResponse,
    FindBudgetRequest,
    FindBudgetResponse,
    GetFrontierRequest,
    GetFrontierResponse,
    OptimizeBudgetRequest,
    OptimizeBudgetResponse,
)
from mmm_client.session import COMPUTE_SECONDS, Session

type PlanQuestion = OptimizeBudgetRequest | FindBudgetRequest | EvaluatePlanRequest
"""What is asked for one plan."""
type PlanAnswer = OptimizeBudgetResponse | FindBudgetResponse | EvaluatePlanResponse
"""What comes back: the plan, and the words and units of its figures."""


class PlanMethods(Session):
    """Calls of the optimizer service.

    `fit` is the resource name of a fit that succeeded. Every method raises `InvalidRequest` with every wrong
    field, and `FailedPrecondition` naming the constraints that cannot be met together.
    """

    @overload
    def ask_for_plan(self, question: OptimizeBudgetRequest) -> OptimizeBudgetResponse: ...
    @overload
    def ask_for_plan(self, question: FindBudgetRequest) -> FindBudgetResponse: ...
    @overload
    def ask_for_plan(self, question: EvaluatePlanRequest) -> EvaluatePlanResponse: ...
    @overload
    def ask_for_plan(self, question: GetFrontierRequest) -> GetFrontierResponse: ...
    def ask_for_plan(self, question: PlanQuestion | GetFrontierRequest) -> PlanAnswer | GetFrontierResponse:
        """Send a request of the optimizer as it is, for those who keep what they asked."""
        methods = {
            OptimizeBudgetRequest: self.optimizer.OptimizeBudget,
            FindBudgetRequest: self.optimizer.FindBudget,
            EvaluatePlanRequest: self.optimizer.EvaluatePlan,
            GetFrontierRequest: self.optimizer.GetFrontier,
        }
        answer: PlanAnswer | GetFrontierResponse = self._call(
            methods[type(question)], question, COMPUTE_SECONDS
        )
        return answer

    def optimize(
        self,
        fit: str,
        total_budget: float,
        *,
        settings: PlanSettings | None = None,
    ) -> OptimizeBudgetResponse:
        """Find the best allocation of a budget.

        Parameters
        ----------
        total_budget : float
            Money over the whole horizon, above 0.
        settings : PlanSettings, optional
            Horizon, constraints and what is maximised. Default: the mean outcome of a year, unconstrained.

        Raises
        ------
        ApiError
            `FailedPrecondition` naming the constraints that cannot be met with the budget.
        """
        request = OptimizeBudgetRequest(fit=fit, total_budget=total_budget, settings=settings)
        return self.ask_for_plan(request)

    def find_budget(
        self,
        fit: str,
        target: Target,
        level: float,
        *,
        probability: float | None = None,
        minimum_budget: float | None = None,
        maximum_budget: float | None = None,
        settings: PlanSettings | None = None,
    ) -> FindBudgetResponse:
        """Find the budget whose best plan reaches a target, or comes nearest to it.

        Parameters
        ----------
        target : Target
            An outcome (KPI units), a return or a marginal return (value per money).
        level : float
            How much of it.
        probability : float, optional
            Reach an outcome with this probability instead of on average.
        minimum_budget, maximum_budget : float, optional
            Budgets to look at. Default: what the constraints allow, up to four times the last year's level.
        settings : PlanSettings, optional
            As for `optimize`.
        """
        request = FindBudgetRequest(
            fit=fit,
            target=target,
            level=level,
            probability=probability,
            minimum_budget=minimum_budget,
            maximum_budget=maximum_budget,
            settings=settings,
        )
        return self.ask_for_plan(request)

    def evaluate_plan(
        self, fit: str, spends: Iterable[HandMadeSpend], *, settings: PlanSettings | None = None
    ) -> EvaluatePlanResponse:
        """Say what a plan made by hand comes to, period by period, and which constraints it does not keep.

        Parameters
        ----------
        spends : iterable of HandMadeSpend
            Money per period of each channel; those left out get nothing.
        settings : PlanSettings, optional
            As for `optimize`.
        """
        request = EvaluatePlanRequest(fit=fit, spends=spends, settings=settings)
        return self.ask_for_plan(request)

    def frontier(
        self,
        fit: str,
        *,
        minimum_budget: float | None = None,
        maximum_budget: float | None = None,
        point_count: int | None = None,
        hurdle: float | None = None,
        settings: PlanSettings | None = None,
    ) -> GetFrontierResponse:
        """Find the best plans of many budgets, and where the next unit of money stops paying.

        Parameters
        ----------
        minimum_budget, maximum_budget : float, optional
            Default: what the constraints allow, up to four times the last year's level.
        point_count : int, optional
            Number of budgets, 2 to 100. Default 25.
        hurdle : float, optional
            What the next unit of money is to return, in value (KPI units when it has none). Default 1.
        settings : PlanSettings, optional
            As for `optimize`.
        """
        request = GetFrontierRequest(
            fit=fit,
            minimum_budget=minimum_budget,
            maximum_budget=maximum_budget,
            point_count=point_count,
            hurdle=hurdle,
            settings=settings,
        )
        return self.ask_for_plan(request)

    def empty_plan(self, fit: str, *, horizon_periods: int | None = None) -> EvaluatePlanResponse:
        """Give the horizon with nothing spent: its dates, the cells of a panel, and every channel's level.

        `reference_spend` of its allocations is what the average level of the last year of data comes to.

        Parameters
        ----------
        horizon_periods : int, optional
            Number of periods. Default: one year.
        """
        return self.evaluate_plan(fit, [], settings=PlanSettings(horizon_periods=horizon_periods))
