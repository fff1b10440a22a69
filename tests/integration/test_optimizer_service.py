"""The optimizer over the wire: the plan, and every refusal with its details."""

import math
from collections.abc import AsyncIterator, Callable

import grpc
import grpc.aio
import pytest
from google.protobuf.message import Message
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from mmm.common.v1 import model_config_pb2
from mmm.optimizer.v1 import optimizer_pb2, optimizer_service_pb2, optimizer_service_pb2_grpc
from mmm_core.names import FitName
from mmm_core.records import FitState
from mmm_optimizer.scenarios import Scenarios
from mmm_optimizer.servicer import OptimizerServicer, optimizer_service
from mmm_service.permissions import Role
from mmm_service.principal import PRINCIPAL_HEADER, SECRET_HEADER, Principal
from mmm_service.server import running_server
from mmm_service.settings import ServiceSettings
from mmm_store.cache import ArtifactCache
from mmm_store.fits import FitReader
from mmm_store.memory import MemoryStore
from tests.stored_fits import store_fit
from tests.unit.optimizer.random_fits import steady_fit

SECRET = "a secret of the test run"  # noqa: S105
FIT = FitName("acme", "sales", "good")
FAILED_FIT = FitName("acme", "sales", "failed")
YEAR = 52 * 600.0

type Optimize = Callable[..., "grpc.aio.UnaryUnaryCall"]


@pytest.fixture(scope="module")
def servicer(tmp_path_factory: pytest.TempPathFactory) -> OptimizerServicer:
    store = MemoryStore()
    fit = steady_fit({"column": "customers", "kind": "count", "value_per_unit": 20.0, "currency": "CHF"})
    store_fit(store, FIT, fit, tmp_path_factory.mktemp("fit"))
    store_fit(store, FAILED_FIT, fit, tmp_path_factory.mktemp("failed"), state=FitState.FAILED)
    fits = FitReader(store, ArtifactCache(store, tmp_path_factory.mktemp("cache")))
    return OptimizerServicer(fits, Scenarios(store, fits), max_concurrent_plans=2)


@pytest.fixture
async def optimize(servicer: OptimizerServicer) -> AsyncIterator[Optimize]:
    async with (
        running_server(optimizer_service(servicer), ServiceSettings(gateway_secret=SECRET)) as address,
        grpc.aio.insecure_channel(address) as channel,
    ):
        stub = optimizer_service_pb2_grpc.OptimizerServiceStub(channel)

        def call(*, workspace: str = "acme", secret: str = SECRET, **fields: object) -> object:
            principal = Principal("ana", {workspace: Role.VIEWER})
            request = optimizer_service_pb2.OptimizeBudgetRequest(
                **({"fit": str(FIT), "total_budget": YEAR} | fields)
            )
            metadata = [(SECRET_HEADER, secret), (PRINCIPAL_HEADER, principal.to_header())]
            return stub.OptimizeBudget(request, metadata=metadata, timeout=60)

        yield call


def _bound(channel: str, minimum: float | None = None, maximum: float | None = None) -> Message:
    return optimizer_pb2.ChannelBounds(channel=channel, minimum=minimum, maximum=maximum)


def _details[M: Message](error: grpc.aio.AioRpcError, kind: type[M]) -> M:
    status = rpc_status.from_call(error)
    assert status is not None
    for packed in status.details:
        detail = kind()
        if packed.Unpack(detail):
            return detail
    raise AssertionError(f"no {kind.__name__} in {status}")


async def _refusal(call: object) -> grpc.aio.AioRpcError:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await call
    return raised.value


async def test_a_plan_keeps_the_budget_and_says_what_it_gains(optimize: Optimize) -> None:
    answer = await optimize(bounds=[_bound("c1", maximum=9000.0)])
    plan = answer.plan
    assert plan.fit == str(FIT)
    assert plan.horizon_periods == 52
    assert plan.total_budget == YEAR
    assert [a.name for a in plan.allocations] == ["c0", "c1", "c2"]
    assert sum(a.spend for a in plan.allocations) == pytest.approx(YEAR, rel=1e-9)
    assert plan.allocations[1].spend <= 9000.0
    assert plan.allocations[1].binding_bound == optimizer_pb2.BINDING_BOUND_MAXIMUM
    assert plan.allocations[0].binding_bound == optimizer_pb2.BINDING_BOUND_UNSPECIFIED
    assert plan.allocations[0].extrapolated
    assert plan.improvement.mean == pytest.approx(plan.outcome.mean - plan.reference_outcome.mean)
    assert plan.improvement_probability > 0.9
    assert plan.roi.mean == pytest.approx(20 * plan.outcome.mean / YEAR)
    assert plan.cost_per_unit.median == pytest.approx(YEAR / plan.outcome.median, rel=1e-3)
    assert plan.outcome.probability == 0.9
    assert plan.solver.method == "balancing"
    assert abs(plan.solver.budget_residual) <= 1e-9 * YEAR
    assert plan.solver.optimality_residual < 1e-3
    assert answer.units.currency == "CHF"
    assert answer.units.kpi_kind == model_config_pb2.KPI_KIND_COUNT
    assert answer.units.kpi_display_name == "customers"


async def test_the_same_question_gets_the_same_answer(optimize: Optimize) -> None:
    first, second = await optimize(horizon_periods=8), await optimize(horizon_periods=8)
    assert first == second
    assert first.plan.horizon_periods == 8


async def test_every_wrong_field_is_named_in_one_answer(optimize: Optimize) -> None:
    error = await _refusal(
        optimize(
            total_budget=math.nan,
            horizon_periods=0,
            utility=77,
            interval_probability=1.5,
            bounds=[_bound("C0"), _bound("c1", 5.0, 4.0), _bound("c1"), _bound("c2", -1.0)],
        )
    )
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    violations = _details(error, error_details_pb2.BadRequest).field_violations
    assert {v.field: v.reason for v in violations} == {
        "total_budget": "OUT_OF_RANGE",
        "horizon_periods": "OUT_OF_RANGE",
        "utility": "UNKNOWN_VALUE",
        "interval_probability": "OUT_OF_RANGE",
        "bounds[0].channel": "UNKNOWN_CHANNEL",
        "bounds[1].minimum": "MINIMUM_ABOVE_MAXIMUM",
        "bounds[2].channel": "DUPLICATE_CHANNEL",
        "bounds[3].minimum": "OUT_OF_RANGE",
    }
    assert "Did you mean 'c0'?" in violations[4].description


@pytest.mark.parametrize(
    ("bounds", "subjects", "feasible"),
    [
        ([("c0", YEAR, None), ("c2", 800.0, None)], ["bounds[0].minimum", "bounds[1].minimum"], "32,000.00"),
        (
            [("c0", None, 1.0), ("c1", None, 2.0), ("c2", None, 3.0)],
            [f"bounds[{place}].maximum" for place in range(3)],
            "6.00",
        ),
    ],
)
async def test_an_infeasible_budget_names_the_binding_bounds(
    optimize: Optimize,
    bounds: list[tuple[str, float | None, float | None]],
    subjects: list[str],
    feasible: str,
) -> None:
    error = await _refusal(optimize(bounds=[_bound(*bound) for bound in bounds]))
    assert error.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert _details(error, error_details_pb2.ErrorInfo).reason == "INFEASIBLE_BUDGET"
    violations = _details(error, error_details_pb2.PreconditionFailure).violations
    assert [v.subject for v in violations] == subjects
    assert all(f"feasible one is {feasible}" in v.description for v in violations)


async def test_a_fit_that_does_not_exist(optimize: Optimize) -> None:
    missing = "clients/acme/models/sales/fits/missing"
    error = await _refusal(optimize(fit=missing))
    assert error.code() is grpc.StatusCode.NOT_FOUND
    assert _details(error, error_details_pb2.ResourceInfo).resource_name == missing


async def test_a_fit_that_failed(optimize: Optimize) -> None:
    error = await _refusal(optimize(fit=str(FAILED_FIT)))
    assert error.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert _details(error, error_details_pb2.ErrorInfo).reason == "FIT_NOT_SUCCEEDED"


@pytest.mark.parametrize("name", ["", "clients/acme/models/sales", "clients/../models/sales/fits/good"])
async def test_a_name_that_is_none(optimize: Optimize, name: str) -> None:
    error = await _refusal(optimize(fit=name))
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert _details(error, error_details_pb2.BadRequest).field_violations[0].field == "fit"


async def test_somebody_elses_workspace(optimize: Optimize) -> None:
    error = await _refusal(optimize(workspace="rival"))
    assert error.code() is grpc.StatusCode.PERMISSION_DENIED


async def test_a_caller_that_is_not_the_gateway(optimize: Optimize) -> None:
    error = await _refusal(optimize(secret=SECRET[:-1]))
    assert error.code() is grpc.StatusCode.UNAUTHENTICATED
