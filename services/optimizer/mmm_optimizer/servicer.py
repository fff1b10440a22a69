"""OptimizerService on the wire: names, permission, threads; everything else is elsewhere."""

import asyncio
from collections.abc import Callable
from typing import Any

from google.protobuf.empty_pb2 import Empty

from mmm.optimizer.v1 import optimizer_service_pb2 as wire
from mmm.optimizer.v1 import optimizer_service_pb2_grpc
from mmm_core.messages import units_to_proto
from mmm_core.names import ClientName, FitName, ScenarioName
from mmm_optimizer.by_hand import evaluate
from mmm_optimizer.counted import PlanSubject, plan_subject
from mmm_optimizer.frontier import frontier
from mmm_optimizer.messages import frontier_to_wire, plan_to_wire, target_to_wire
from mmm_optimizer.modes import optimize
from mmm_optimizer.scenario_checks import compared_names, wanted_page
from mmm_optimizer.scenario_messages import (
    comparison_to_wire,
    draft_from_wire,
    page_to_wire,
    rerun_to_wire,
    scenario_to_wire,
)
from mmm_optimizer.scenarios import Scenarios
from mmm_optimizer.settings_messages import (
    by_hand_from_wire,
    given,
    settings_from_wire,
    settings_of_optimize,
    target_from_wire,
)
from mmm_optimizer.targets import find_budget
from mmm_service.principal import require_workspace
from mmm_service.server import Service
from mmm_store.fits import FitReader

DEFAULT_HURDLE = 1.0

type _AboutFit = (
    wire.OptimizeBudgetRequest | wire.FindBudgetRequest | wire.EvaluatePlanRequest | wire.GetFrontierRequest
)


class OptimizerServicer(optimizer_service_pb2_grpc.OptimizerServiceServicer):
    """Serves budget plans, and keeps them as scenarios.

    Parameters
    ----------
    fits : FitReader
        Loads fits.
    scenarios : Scenarios
        Use cases of scenarios.
    max_concurrent_plans : int
        Plans solved at the same time.
    """

    def __init__(self, fits: FitReader, scenarios: Scenarios, max_concurrent_plans: int) -> None:
        self._fits = fits
        self._scenarios = scenarios
        self._turns = asyncio.Semaphore(max_concurrent_plans)

    async def OptimizeBudget(
        self, request: wire.OptimizeBudgetRequest, context: Any
    ) -> wire.OptimizeBudgetResponse:
        """Find the best allocation of a budget."""

        def answer(subject: PlanSubject) -> wire.OptimizeBudgetResponse:
            settings = subject.settings(settings_of_optimize(request))
            plan = optimize(subject.fit, settings, request.total_budget)
            return wire.OptimizeBudgetResponse(
                plan=plan_to_wire(request.fit, plan), units=units_to_proto(subject.fit.config.kpi)
            )

        return await self._answered(request, answer)

    async def FindBudget(self, request: wire.FindBudgetRequest, context: Any) -> wire.FindBudgetResponse:
        """Find the budget of a target."""

        def answer(subject: PlanSubject) -> wire.FindBudgetResponse:
            settings = subject.settings(settings_from_wire(request.settings))
            found = find_budget(subject.fit, settings, target_from_wire(request))
            return target_to_wire(request.fit, found, subject.fit.config.kpi)

        return await self._answered(request, answer)

    async def EvaluatePlan(
        self, request: wire.EvaluatePlanRequest, context: Any
    ) -> wire.EvaluatePlanResponse:
        """Say what a plan made by hand comes to."""

        def answer(subject: PlanSubject) -> wire.EvaluatePlanResponse:
            settings = subject.settings(settings_from_wire(request.settings))
            plan = evaluate(subject.fit, settings, by_hand_from_wire(request))
            return wire.EvaluatePlanResponse(
                plan=plan_to_wire(request.fit, plan), units=units_to_proto(subject.fit.config.kpi)
            )

        return await self._answered(request, answer)

    async def GetFrontier(self, request: wire.GetFrontierRequest, context: Any) -> wire.GetFrontierResponse:
        """Find the best plans of many budgets."""

        def answer(subject: PlanSubject) -> wire.GetFrontierResponse:
            found = frontier(
                subject.fit,
                subject.settings(settings_from_wire(request.settings)),
                least=given(request, "minimum_budget"),
                most=given(request, "maximum_budget"),
                points=given(request, "point_count"),
                hurdle=request.hurdle if request.HasField("hurdle") else DEFAULT_HURDLE,
            )
            return frontier_to_wire(request.fit, found, subject.fit.config.kpi)

        return await self._answered(request, answer)

    async def CreateScenario(self, request: wire.CreateScenarioRequest, context: Any) -> wire.Scenario:
        """Answer a question and keep it."""
        parent, draft = _workspace(request.parent), draft_from_wire(request.scenario)
        return await self._in_turn(
            lambda: scenario_to_wire(
                self._scenarios.create(parent, request.scenario_id, draft, request.request_id)
            )
        )

    async def GetScenario(self, request: wire.GetScenarioRequest, context: Any) -> wire.Scenario:
        """Read a scenario."""
        name = _scenario(request.name)
        return await asyncio.to_thread(lambda: scenario_to_wire(self._scenarios.get(name)))

    async def ListScenarios(
        self, request: wire.ListScenariosRequest, context: Any
    ) -> wire.ListScenariosResponse:
        """List scenarios."""
        parent = _workspace(request.parent)
        wanted = wanted_page(parent, request.page_size, request.page_token, request.fit)
        return await asyncio.to_thread(lambda: page_to_wire(*self._scenarios.list(parent, wanted)))

    async def UpdateScenario(self, request: wire.UpdateScenarioRequest, context: Any) -> wire.Scenario:
        """Replace display name and note."""
        given = request.scenario
        name = _scenario(given.name, "scenario.name")
        return await asyncio.to_thread(
            lambda: scenario_to_wire(self._scenarios.update(name, given.display_name, given.note, given.etag))
        )

    async def DeleteScenario(self, request: wire.DeleteScenarioRequest, context: Any) -> Empty:
        """Delete a scenario."""
        await asyncio.to_thread(self._scenarios.delete, _scenario(request.name), request.etag)
        return Empty()

    async def RerunScenario(
        self, request: wire.RerunScenarioRequest, context: Any
    ) -> wire.RerunScenarioResponse:
        """Answer a scenario's question again."""
        name = _scenario(request.name)
        return await self._in_turn(lambda: rerun_to_wire(self._scenarios.rerun(name)))

    async def CompareScenarios(
        self, request: wire.CompareScenariosRequest, context: Any
    ) -> wire.CompareScenariosResponse:
        """Hold scenarios against the first."""
        names = compared_names(request.names)
        for name in names:
            require_workspace(name.client)
        return await self._in_turn(lambda: comparison_to_wire(*self._scenarios.compare(names)))

    async def _answered[T](self, request: _AboutFit, answer: Callable[[PlanSubject], T]) -> T:
        """Check the name and whose it is, wait for a turn, and answer in a thread."""
        name = FitName.parse(request.fit, "fit")
        require_workspace(name.client)
        return await self._in_turn(lambda: answer(plan_subject(self._fits, name, request.settings)))

    async def _in_turn[T](self, work: Callable[[], T]) -> T:
        """Wait for a turn, and work in a thread."""
        async with self._turns:
            return await asyncio.to_thread(work)


def _workspace(parent: str) -> ClientName:
    name = ClientName.parse(parent)
    require_workspace(name.client)
    return name


def _scenario(text: str, field: str = "name") -> ScenarioName:
    name = ScenarioName.parse(text, field)
    require_workspace(name.client)
    return name


def optimizer_service(servicer: OptimizerServicer) -> Service:
    """Describe what is to be served, for `mmm_service.server`."""
    add = optimizer_service_pb2_grpc.add_OptimizerServiceServicer_to_server
    return Service(
        wire.DESCRIPTOR.services_by_name["OptimizerService"],
        lambda server: add(servicer, server),  # type: ignore[no-untyped-call]
    )
