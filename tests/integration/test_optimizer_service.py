"""The optimizer over the wire: the plan, and every refusal with its details."""

import math
from collections.abc import AsyncIterator, Callable

import grpc
import grpc.aio
import pytest
from google.protobuf.message import Message
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from mmm.analysis.v1 import analysis_pb2
from mmm.analysis.v1.analysis_service_pb2 import DimensionFilter
from mmm.common.v1 import model_config_pb2
from mmm.optimizer.v1 import optimizer_pb2, optimizer_service_pb2_grpc
from mmm.optimizer.v1 import optimizer_service_pb2 as wire
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
from tests.fitted_models import panel_fitted_model
from tests.stored_fits import store_fit
from tests.unit.optimizer.random_fits import steady_fit

SECRET = "a secret of the test run"  # noqa: S105
FIT = FitName("acme", "sales", "good")
FAILED_FIT = FitName("acme", "sales", "failed")
PANEL = FitName("acme", "sales", "panel")
REVENUE_FIT = FitName("acme", "sales", "revenue")
YEAR = 52 * 600.0

type Ask = Callable[..., "grpc.aio.UnaryUnaryCall"]


@pytest.fixture(scope="module")
def servicer(tmp_path_factory: pytest.TempPathFactory) -> OptimizerServicer:
    store = MemoryStore()
    fit = steady_fit({"column": "customers", "kind": "count", "value_per_unit": 20.0, "currency": "CHF"})
    store_fit(store, FIT, fit, tmp_path_factory.mktemp("fit"))
    revenue = steady_fit({"column": "sales", "kind": "revenue", "currency": "CHF"}, draws=200)
    store_fit(store, REVENUE_FIT, revenue, tmp_path_factory.mktemp("revenue"))
    store_fit(store, PANEL, panel_fitted_model(), tmp_path_factory.mktemp("panel"))
    store_fit(store, FAILED_FIT, fit, tmp_path_factory.mktemp("failed"), state=FitState.FAILED)
    fits = FitReader(store, ArtifactCache(store, tmp_path_factory.mktemp("cache")))
    return OptimizerServicer(fits, Scenarios(store, fits), max_concurrent_plans=2)


@pytest.fixture
async def ask(servicer: OptimizerServicer) -> AsyncIterator[Ask]:
    """Send any request of the service."""
    async with (
        running_server(optimizer_service(servicer), ServiceSettings(gateway_secret=SECRET)) as address,
        grpc.aio.insecure_channel(address) as channel,
    ):
        stub = optimizer_service_pb2_grpc.OptimizerServiceStub(channel)

        def call(request: Message, *, workspace: str = "acme", secret: str = SECRET) -> object:
            principal = Principal("ana", {workspace: Role.VIEWER})
            metadata = [(SECRET_HEADER, secret), (PRINCIPAL_HEADER, principal.to_header())]
            method = getattr(stub, type(request).__name__.removesuffix("Request"))
            return method(request, metadata=metadata, timeout=60)

        yield call


@pytest.fixture
def optimize(ask: Ask) -> Ask:
    """Send OptimizeBudget with some fields of its own."""

    def call(*, workspace: str = "acme", secret: str = SECRET, **fields: object) -> object:
        request = wire.OptimizeBudgetRequest(**({"fit": str(FIT), "total_budget": YEAR} | fields))
        return ask(request, workspace=workspace, secret=secret)

    return call


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


async def test_a_plan_keeps_the_budget_and_says_what_it_gains(optimize: Ask) -> None:
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


async def test_the_same_question_gets_the_same_answer(optimize: Ask) -> None:
    first, second = await optimize(horizon_periods=8), await optimize(horizon_periods=8)
    assert first == second
    assert first.plan.horizon_periods == 8


async def test_every_wrong_field_is_named_in_one_answer(optimize: Ask) -> None:
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
    optimize: Ask,
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


async def test_a_fit_that_does_not_exist(optimize: Ask) -> None:
    missing = "clients/acme/models/sales/fits/missing"
    error = await _refusal(optimize(fit=missing))
    assert error.code() is grpc.StatusCode.NOT_FOUND
    assert _details(error, error_details_pb2.ResourceInfo).resource_name == missing


async def test_a_fit_that_failed(optimize: Ask) -> None:
    error = await _refusal(optimize(fit=str(FAILED_FIT)))
    assert error.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert _details(error, error_details_pb2.ErrorInfo).reason == "FIT_NOT_SUCCEEDED"


@pytest.mark.parametrize("name", ["", "clients/acme/models/sales", "clients/../models/sales/fits/good"])
async def test_a_name_that_is_none(optimize: Ask, name: str) -> None:
    error = await _refusal(optimize(fit=name))
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert _details(error, error_details_pb2.BadRequest).field_violations[0].field == "fit"


async def test_somebody_elses_workspace(optimize: Ask) -> None:
    error = await _refusal(optimize(workspace="rival"))
    assert error.code() is grpc.StatusCode.PERMISSION_DENIED


async def test_a_caller_that_is_not_the_gateway(optimize: Ask) -> None:
    error = await _refusal(optimize(secret=SECRET[:-1]))
    assert error.code() is grpc.StatusCode.UNAUTHENTICATED


SETTINGS = optimizer_pb2.PlanSettings(
    horizon_periods=26,
    bounds=[optimizer_pb2.ChannelBounds(channel="c2", minimum_change=-0.8)],
    groups=[optimizer_pb2.GroupBounds(channels=["c0", "c1"], maximum_share=0.7)],
    flighting=optimizer_pb2.FLIGHTING_AS_LAST_YEAR,
    costs=[optimizer_pb2.CostChange(channel="c0", yearly_inflation=0.1)],
    demand_index=[1.0, 1.5] * 13,
)
HALF_YEAR = YEAR / 2


def _figures(plan: optimizer_pb2.BudgetPlan) -> list[float]:
    estimates = [plan.outcome, plan.improvement, plan.roi, plan.cost_per_unit, plan.outcome_after_horizon]
    estimates += [row.incremental_outcome for row in plan.allocations]
    estimates += [row.marginal_return for row in plan.allocations]
    estimates += [period.outcome for period in plan.periods]
    return [figure for one in estimates for figure in (one.mean, one.lower, one.upper)]


def _by_hand(plan: optimizer_pb2.BudgetPlan) -> list[optimizer_pb2.HandMadeSpend]:
    return [
        optimizer_pb2.HandMadeSpend(channel=row.name, spend=[period.spend[place] for period in plan.periods])
        for place, row in enumerate(plan.allocations)
    ]


async def test_a_plan_has_the_same_figures_whichever_method_it_came_from(ask: Ask, optimize: Ask) -> None:
    best = (await optimize(total_budget=HALF_YEAR, settings=SETTINGS)).plan
    assert [period.demand for period in best.periods[:2]] == [1.0, 1.5]
    assert {one.field for one in best.binding_constraints} == {"groups[0].maximum_share"}

    typed = await ask(wire.EvaluatePlanRequest(fit=str(FIT), spends=_by_hand(best), settings=SETTINGS))
    assert typed.plan.total_budget == pytest.approx(HALF_YEAR)
    assert not typed.plan.HasField("solver")
    assert not typed.plan.violated_constraints
    assert _figures(typed.plan) == pytest.approx(_figures(best), rel=1e-6, abs=1e-6)

    found = await ask(
        wire.FindBudgetRequest(
            fit=str(FIT), target=optimizer_pb2.TARGET_OUTCOME, level=best.outcome.mean, settings=SETTINGS
        )
    )
    assert found.reached
    assert found.reached_level == pytest.approx(best.outcome.mean, rel=1e-3)
    assert found.plan.total_budget == pytest.approx(HALF_YEAR, rel=1e-3)
    assert 0.2 < found.reached_probability < 0.8
    assert _figures(found.plan) == pytest.approx(_figures(best), rel=0.01, abs=1.0)
    assert typed.units == found.units

    frontier = await ask(
        wire.GetFrontierRequest(
            fit=str(FIT),
            minimum_budget=HALF_YEAR,
            maximum_budget=2 * HALF_YEAR,
            point_count=3,
            settings=SETTINGS,
        )
    )
    assert [point.budget for point in frontier.points] == pytest.approx([15_600, 23_400, 31_200])
    assert frontier.points[0].outcome.mean == pytest.approx(best.outcome.mean, rel=1e-6)
    assert sum(frontier.points[0].spend) == pytest.approx(HALF_YEAR)
    assert frontier.points[0].upper_bound >= frontier.points[0].utility
    assert frontier.points[0].marginal_return.mean > frontier.points[2].marginal_return.mean


async def test_the_breakeven_of_a_frontier_is_the_budget_of_its_target(ask: Ask) -> None:
    frontier = await ask(wire.GetFrontierRequest(fit=str(FIT), point_count=2, hurdle=3.0))
    assert frontier.hurdle_met
    found = await ask(
        wire.FindBudgetRequest(fit=str(FIT), target=optimizer_pb2.TARGET_MARGINAL_RETURN, level=3.0)
    )
    assert found.reached
    assert found.plan.total_budget == pytest.approx(frontier.breakeven.total_budget, rel=1e-3)
    assert found.reached_level == pytest.approx(3.0, rel=1e-3)


async def test_a_target_out_of_reach_says_what_comes_nearest(ask: Ask) -> None:
    found = await ask(
        wire.FindBudgetRequest(
            fit=str(FIT),
            target=optimizer_pb2.TARGET_OUTCOME,
            level=1e9,
            probability=0.9,
            maximum_budget=YEAR,
        )
    )
    assert not found.reached
    assert found.plan.total_budget == pytest.approx(YEAR)
    assert found.reached_level < found.plan.outcome.mean
    assert found.reached_probability == 0


async def test_a_plan_made_by_hand_names_what_it_does_not_keep(ask: Ask) -> None:
    spends = [optimizer_pb2.HandMadeSpend(channel="c0", spend=[600.0] * 26)]
    plan = (await ask(wire.EvaluatePlanRequest(fit=str(FIT), spends=spends, settings=SETTINGS))).plan
    assert {one.field: one.meaning for one in plan.violated_constraints} == {
        "bounds[0].minimum_change": "channel 'c2' gets at least 1,560.00",
        "groups[0].maximum_share": "the group of c0, c1 gets at most 0.7 of the budget",
    }
    assert [row.spend for row in plan.allocations] == [15_600, 0, 0]


async def test_the_last_years_level_by_hand_is_the_reference(ask: Ask) -> None:
    nothing = await ask(wire.EvaluatePlanRequest(fit=str(FIT)))
    level = [row.reference_spend for row in nothing.plan.allocations]
    assert level == pytest.approx([5200, 10_400, 15_600])
    assert nothing.plan.outcome.mean == 0
    assert len(nothing.plan.periods) == nothing.plan.horizon_periods == 52
    spends = [
        optimizer_pb2.HandMadeSpend(channel=row.name, spend=[row.reference_spend / 52] * 52)
        for row in nothing.plan.allocations
    ]
    usual = (await ask(wire.EvaluatePlanRequest(fit=str(FIT), spends=spends))).plan
    assert usual.outcome.mean == pytest.approx(usual.reference_outcome.mean)
    assert usual.improvement_probability == 0


async def test_a_panels_plan_by_cell_and_its_budgets(ask: Ask) -> None:
    north = [DimensionFilter(dimension="region", labels=["North"])]
    settings = optimizer_pb2.PlanSettings(
        horizon_periods=8, cell_budgets=[optimizer_pb2.CellBudget(cells=north, maximum=100_000.0)]
    )
    plan = (
        await ask(wire.OptimizeBudgetRequest(fit=str(PANEL), total_budget=500_000, settings=settings))
    ).plan
    spent = {tuple(cell.labels): sum(cell.spend) for cell in plan.cells}
    assert sum(spent.values()) == pytest.approx(500_000)
    assert sum(money for labels, money in spent.items() if labels[0] == "North") <= 100_000 * (1 + 1e-9)

    spends = [optimizer_pb2.HandMadeSpend(channel="search", cell=["South", "a"], spend=[1000.0] * 8)]
    typed = (await ask(wire.EvaluatePlanRequest(fit=str(PANEL), spends=spends, settings=settings))).plan
    assert {tuple(cell.labels): sum(cell.spend) for cell in typed.cells if sum(cell.spend)} == {
        ("South", "a"): 8000.0
    }


WRONG = optimizer_pb2.PlanSettings(
    horizon_periods=4,
    bounds=[_bound("c9")],
    groups=[optimizer_pb2.GroupBounds(minimum_share=2.0)],
    ratios=[optimizer_pb2.ChannelRatio(channel="c0", to="c0")],
    period_budgets=[optimizer_pb2.PeriodBudget(first_period=3, last_period=9)],
    demand_index=[1.0, 2.0],
    risk_level=1.0,
)
WRONG_SETTINGS = {
    "risk_level": "OUT_OF_RANGE",
    "bounds[0].channel": "UNKNOWN_CHANNEL",
    "groups[0].channels": "EMPTY_GROUP",
    "groups[0].minimum_share": "OUT_OF_RANGE",
    "ratios[0].to": "DUPLICATE_CHANNEL",
    "period_budgets[0].first_period": "OUT_OF_RANGE",
    "demand_index": "WRONG_LENGTH",
}


@pytest.mark.parametrize(
    ("request_", "wrong"),
    [
        (
            wire.FindBudgetRequest(fit=str(FIT), level=-1.0, probability=1.5, settings=WRONG),
            WRONG_SETTINGS
            | {"target": "UNKNOWN_VALUE", "level": "OUT_OF_RANGE", "probability": "OUT_OF_RANGE"},
        ),
        (wire.EvaluatePlanRequest(fit=str(FIT), settings=WRONG), WRONG_SETTINGS),
        (
            wire.EvaluatePlanRequest(
                fit=str(FIT),
                spends=[
                    optimizer_pb2.HandMadeSpend(channel="c9", spend=[1.0] * 4),
                    optimizer_pb2.HandMadeSpend(channel="c0", spend=[1.0, -1.0]),
                ],
                settings=WRONG,
            ),
            WRONG_SETTINGS
            | {
                "spends[0].channel": "UNKNOWN_CHANNEL",
                "spends[1].spend": "WRONG_LENGTH",
                "spends[1].spend[1]": "OUT_OF_RANGE",
            },
        ),
        (
            wire.GetFrontierRequest(
                fit=str(FIT),
                point_count=1,
                hurdle=0.0,
                minimum_budget=5.0,
                maximum_budget=4.0,
                settings=WRONG,
            ),
            WRONG_SETTINGS
            | {
                "point_count": "OUT_OF_RANGE",
                "hurdle": "OUT_OF_RANGE",
                "minimum_budget": "MINIMUM_ABOVE_MAXIMUM",
            },
        ),
    ],
    ids=["target", "settings", "by hand", "frontier"],
)
async def test_every_method_names_all_that_is_wrong(
    ask: Ask, request_: Message, wrong: dict[str, str]
) -> None:
    error = await _refusal(ask(request_))
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    violations = _details(error, error_details_pb2.BadRequest).field_violations
    assert {violation.field: violation.reason for violation in violations} == wrong


IMPOSSIBLE = optimizer_pb2.PlanSettings(
    bounds=[_bound("c0", minimum=500.0)],
    ratios=[optimizer_pb2.ChannelRatio(channel="c0", to="c1", maximum=0.5)],
    groups=[optimizer_pb2.GroupBounds(channels=["c1"], maximum=900.0)],
)


@pytest.mark.parametrize(
    "request_",
    [
        wire.OptimizeBudgetRequest(fit=str(FIT), total_budget=YEAR, settings=IMPOSSIBLE),
        wire.FindBudgetRequest(
            fit=str(FIT), target=optimizer_pb2.TARGET_OUTCOME, level=10.0, settings=IMPOSSIBLE
        ),
        wire.GetFrontierRequest(fit=str(FIT), settings=IMPOSSIBLE),
    ],
    ids=["budget", "target", "frontier"],
)
async def test_limits_in_conflict_are_named_whatever_is_asked(ask: Ask, request_: Message) -> None:
    error = await _refusal(ask(request_))
    assert error.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert _details(error, error_details_pb2.ErrorInfo).reason == "INFEASIBLE_CONSTRAINTS"
    violations = _details(error, error_details_pb2.PreconditionFailure).violations
    assert {violation.subject for violation in violations} == {
        "bounds[0].minimum",
        "ratios[0].maximum",
        "groups[0].maximum",
    }


async def test_budgets_the_limits_do_not_allow_are_refused(ask: Ask) -> None:
    settings = optimizer_pb2.PlanSettings(bounds=[_bound("c0", minimum=5000.0)])
    request = wire.FindBudgetRequest(
        fit=str(FIT),
        target=optimizer_pb2.TARGET_RETURN,
        level=1.0,
        maximum_budget=4000.0,
        settings=settings,
    )
    error = await _refusal(ask(request))
    assert error.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert _details(error, error_details_pb2.ErrorInfo).reason == "INFEASIBLE_BUDGET"
    (violation,) = _details(error, error_details_pb2.PreconditionFailure).violations
    assert "budgets from 5,000.00" in violation.description


async def test_every_method_keeps_to_the_callers_workspace(ask: Ask) -> None:
    for request in (wire.FindBudgetRequest, wire.EvaluatePlanRequest, wire.GetFrontierRequest):
        error = await _refusal(ask(request(fit=str(FIT)), workspace="rival"))
        assert error.code() is grpc.StatusCode.PERMISSION_DENIED


def _also(fit: FitName | str, value: float | None = None) -> optimizer_pb2.PlanSettings:
    other = analysis_pb2.CombinedOutcome(fit=str(fit), value_per_unit=value)
    return optimizer_pb2.PlanSettings(horizon_periods=8, also=[other])


async def test_two_outcomes_of_the_same_money_make_one_plan_and_one_return(optimize: Ask) -> None:
    alone = [
        (await optimize(fit=str(fit), settings=optimizer_pb2.PlanSettings(horizon_periods=8))).plan
        for fit in (FIT, REVENUE_FIT)
    ]
    answer = await optimize(settings=_also(REVENUE_FIT, 0.5))
    plan = answer.plan

    assert answer.units.kpi_kind == model_config_pb2.KPI_KIND_REVENUE
    assert answer.units.kpi_display_name == "Value of customers, sales"
    # The same response twice, so the best split is the same; a customer is worth 20, and a sale a half.
    assert [a.spend for a in plan.allocations] == pytest.approx(
        [a.spend for a in alone[0].allocations], rel=2e-2
    )
    worth = 20 * alone[0].outcome.mean + 0.5 * alone[1].outcome.mean
    assert plan.outcome.mean == pytest.approx(worth, rel=1e-2)
    assert plan.roi.mean == pytest.approx(plan.outcome.mean / YEAR)
    assert not plan.HasField("cost_per_unit")


@pytest.mark.parametrize(
    ("fit", "value", "field"),
    [
        (FIT, 1.0, "also[0].fit"),
        ("clients/rival/models/sales/fits/good", 1.0, "also[0].fit"),
        ("nonsense", 1.0, "also[0].fit"),
        (REVENUE_FIT, -1.0, "also[0].value_per_unit"),
    ],
)
async def test_an_outcome_that_cannot_count_is_named(
    optimize: Ask, fit: FitName | str, value: float, field: str
) -> None:
    error = await _refusal(optimize(settings=_also(fit, value)))
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    violations = _details(error, error_details_pb2.BadRequest).field_violations
    assert [violation.field for violation in violations] == [field]


async def test_outcomes_of_other_money_are_refused(optimize: Ask) -> None:
    error = await _refusal(optimize(settings=_also(PANEL, 1.0)))
    assert error.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert _details(error, error_details_pb2.ErrorInfo).reason == "OUTCOMES_DIFFER"
