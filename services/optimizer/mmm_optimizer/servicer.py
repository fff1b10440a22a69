"""OptimizerService on the wire: names, permission, threads; everything else is elsewhere."""

import asyncio
from typing import Any

from mmm.optimizer.v1 import optimizer_service_pb2, optimizer_service_pb2_grpc
from mmm_core.messages import units_to_proto
from mmm_core.names import FitName
from mmm_optimizer.messages import plan_to_wire, request_from_wire
from mmm_optimizer.plans import make_plan
from mmm_optimizer.problem import build_problem
from mmm_service.principal import require_workspace
from mmm_service.server import Service
from mmm_store.fits import FitReader


class OptimizerServicer(optimizer_service_pb2_grpc.OptimizerServiceServicer):
    """Serves budget plans.

    Parameters
    ----------
    fits : FitReader
        Loads fits.
    max_concurrent_plans : int
        Plans solved at the same time.
    """

    def __init__(self, fits: FitReader, max_concurrent_plans: int) -> None:
        self._fits = fits
        self._turns = asyncio.Semaphore(max_concurrent_plans)

    async def OptimizeBudget(
        self,
        request: optimizer_service_pb2.OptimizeBudgetRequest,
        context: Any,
    ) -> optimizer_service_pb2.OptimizeBudgetResponse:
        """Find the best allocation of a budget."""
        name = FitName.parse(request.fit, "fit")
        require_workspace(name.client)
        async with self._turns:
            return await asyncio.to_thread(self._optimize, name, request)

    def _optimize(
        self, name: FitName, request: optimizer_service_pb2.OptimizeBudgetRequest
    ) -> optimizer_service_pb2.OptimizeBudgetResponse:
        fit = self._fits.load(name)
        problem = build_problem(fit.config, request_from_wire(request))
        return optimizer_service_pb2.OptimizeBudgetResponse(
            plan=plan_to_wire(str(name), make_plan(fit, problem)), units=units_to_proto(fit.config.kpi)
        )


def optimizer_service(servicer: OptimizerServicer) -> Service:
    """Describe what is to be served, for `mmm_service.server`."""
    add = optimizer_service_pb2_grpc.add_OptimizerServiceServicer_to_server
    return Service(
        optimizer_service_pb2.DESCRIPTOR.services_by_name["OptimizerService"],
        lambda server: add(servicer, server),  # type: ignore[no-untyped-call]
    )
