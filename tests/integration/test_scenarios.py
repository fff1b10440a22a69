"""Scenarios over the wire, in a real object store: kept, listed, changed, made again and compared."""

import math
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass

import grpc
import grpc.aio
import pytest
from google.protobuf.message import Message
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from mmm.optimizer.v1 import optimizer_service_pb2 as wire
from mmm.optimizer.v1 import optimizer_service_pb2_grpc, scenario_pb2
from mmm.optimizer.v1.optimizer_pb2 import TARGET_OUTCOME, ChannelBounds, HandMadeSpend, PlanSettings
from mmm_core.names import FitName
from mmm_core.records import fit_key
from mmm_local.object_store import EmbeddedObjectStore
from mmm_optimizer.scenarios import Scenarios
from mmm_optimizer.servicer import OptimizerServicer, optimizer_service
from mmm_service.permissions import Role
from mmm_service.principal import PRINCIPAL_HEADER, SECRET_HEADER, Principal
from mmm_service.server import running_server
from mmm_service.settings import ServiceSettings
from mmm_store.cache import ArtifactCache
from mmm_store.fits import FitReader
from mmm_store.s3 import S3Store
from tests.stored_fits import store_fit
from tests.unit.optimizer.random_fits import steady_fit

SECRET = "a secret of the test run"  # noqa: S105
QUARTER = PlanSettings(horizon_periods=13)
BUDGET = 13 * 600.0
USUAL, OTHER = FitName("templates", "sales", "usual"), FitName("templates", "sales", "other")


@dataclass(frozen=True)
class Desk:
    """A workspace with one fit, and the service as somebody of a role sees it."""

    stub: optimizer_service_pb2_grpc.OptimizerServiceStub
    store: S3Store
    workspace: str

    @property
    def parent(self) -> str:
        return f"clients/{self.workspace}"

    @property
    def fit(self) -> FitName:
        return FitName(self.workspace, "sales", "good")

    def call(self, method: str, request: Message, role: Role = Role.ADMIN, workspace: str = "") -> object:
        principal = Principal("ana", {workspace or self.workspace: role})
        metadata = [(SECRET_HEADER, SECRET), (PRINCIPAL_HEADER, principal.to_header())]
        return getattr(self.stub, method)(request, metadata=metadata, timeout=60)

    def create(self, question: Message, display_name: str = "Spring", **fields: object) -> object:
        return self.call("CreateScenario", self.request(question, display_name, **fields))

    def request(
        self, question: Message, display_name: str = "Spring", note: str = "", **fields: object
    ) -> wire.CreateScenarioRequest:
        kind = {
            wire.OptimizeBudgetRequest: "optimize_budget",
            wire.FindBudgetRequest: "find_budget",
            wire.EvaluatePlanRequest: "evaluate_plan",
        }[type(question)]
        scenario = wire.Scenario(display_name=display_name, note=note, **{kind: question})
        return wire.CreateScenarioRequest(parent=self.parent, scenario=scenario, **fields)

    def split(self, budget: float = BUDGET, settings: PlanSettings = QUARTER) -> Message:
        return wire.OptimizeBudgetRequest(fit=str(self.fit), total_budget=budget, settings=settings)

    def keep_fit(self, name: FitName, of: FitName) -> None:
        """Give the files of another fit a name in this workspace."""
        found = self.store.get_record(fit_key(of))
        assert found is not None
        self.store.create_record(fit_key(name), found.value | {"name": str(name)})

    def delete_fit(self, name: FitName) -> None:
        self.store.delete(fit_key(name))


@pytest.fixture(scope="module")
def fits(
    object_store: EmbeddedObjectStore, tmp_path_factory: pytest.TempPathFactory
) -> tuple[S3Store, FitReader]:
    """Two fits of the same model with other draws, and a reader that remembers them."""
    store = S3Store(object_store.s3)
    for name, draws in ((USUAL, 60), (OTHER, 40)):
        store_fit(store, name, steady_fit(draws=draws), tmp_path_factory.mktemp(name.fit))
    return store, FitReader(store, ArtifactCache(store, tmp_path_factory.mktemp("cache")))


@pytest.fixture
async def desk(fits: tuple[S3Store, FitReader]) -> AsyncIterator[Desk]:
    store, reader = fits
    servicer = OptimizerServicer(reader, Scenarios(store, reader), max_concurrent_plans=2)
    async with (
        running_server(optimizer_service(servicer), ServiceSettings(gateway_secret=SECRET)) as address,
        grpc.aio.insecure_channel(address) as channel,
    ):
        stub = optimizer_service_pb2_grpc.OptimizerServiceStub(channel)
        desk = Desk(stub, store, f"w{uuid.uuid4().hex[:12]}")
        desk.keep_fit(desk.fit, USUAL)
        yield desk


async def _refusal(call: object) -> grpc.aio.AioRpcError:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await call
    return raised.value


def _details[M: Message](error: grpc.aio.AioRpcError, kind: type[M]) -> M:
    status = rpc_status.from_call(error)
    assert status is not None
    for packed in status.details:
        detail = kind()
        if packed.Unpack(detail):
            return detail
    raise AssertionError(f"no {kind.__name__} in {status}")


def _violations(error: grpc.aio.AioRpcError) -> dict[str, str]:
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    return {v.field: v.reason for v in _details(error, error_details_pb2.BadRequest).field_violations}


def _reason(error: grpc.aio.AioRpcError) -> str:
    return _details(error, error_details_pb2.ErrorInfo).reason


async def test_a_scenario_keeps_the_question_and_the_plan_as_they_were(desk: Desk) -> None:
    question = desk.split(settings=PlanSettings(horizon_periods=13, bounds=[_at_most("c1", 2000.0)]))
    answered = await desk.call("OptimizeBudget", question)

    kept = await desk.create(question, " Spring ", note="For the board.\nSecond draft.")
    read = await desk.call("GetScenario", wire.GetScenarioRequest(name=kept.name), Role.VIEWER)

    assert read == kept
    assert read.name.startswith(f"{desk.parent}/scenarios/scenario-")
    assert (read.display_name, read.note) == ("Spring", "For the board.\nSecond draft.")
    assert read.optimize_budget == question
    assert read.plan == answered.plan
    assert read.units == answered.units
    assert read.fit == str(desk.fit)
    assert len(read.fit_digest) == 64
    assert {"mmm-optimizer", "numpy"} <= set(read.library_versions)
    assert not read.HasField("target")


async def test_every_kind_of_question_comes_out_again(desk: Desk) -> None:
    by_hand = wire.EvaluatePlanRequest(
        fit=str(desk.fit), spends=[HandMadeSpend(channel="c0", spend=[0.1] * 13)], settings=QUARTER
    )
    target = wire.FindBudgetRequest(
        fit=str(desk.fit), target=TARGET_OUTCOME, level=2000.0, probability=0.8, settings=QUARTER
    )
    for question in (desk.split(), target, by_hand):
        kept = await desk.create(question)
        again = await desk.call("RerunScenario", wire.RerunScenarioRequest(name=kept.name), Role.VIEWER)

        assert again.same
        assert again.same_fit
        assert again.largest_spend_difference == again.largest_outcome_difference == 0
        assert again.plan == kept.plan
        assert again.target == kept.target
        assert kept.target.reached_level >= (2000.0 if question is target else 0)


async def test_a_repeated_request_gets_the_first_ones_scenario(desk: Desk) -> None:
    request_id = str(uuid.uuid4())
    first = await desk.create(desk.split(), request_id=request_id)
    second = await desk.create(desk.split(), request_id=request_id)
    listed = await desk.call("ListScenarios", wire.ListScenariosRequest(parent=desk.parent))

    assert second == first
    assert [one.name for one in listed.scenarios] == [first.name]


async def test_a_name_that_is_taken(desk: Desk) -> None:
    taken = await desk.create(desk.split(), scenario_id="spring", request_id=str(uuid.uuid4()))
    error = await _refusal(desk.create(desk.split(), scenario_id="spring", request_id=str(uuid.uuid4())))

    assert error.code() is grpc.StatusCode.ALREADY_EXISTS
    assert _details(error, error_details_pb2.ResourceInfo).resource_name == taken.name


async def test_name_and_note_change_under_the_etag(desk: Desk) -> None:
    kept = await desk.create(desk.split())

    def update(etag: str, display_name: str) -> object:
        wanted = wire.Scenario(name=kept.name, display_name=display_name, note="Approved", etag=etag)
        return desk.call("UpdateScenario", wire.UpdateScenarioRequest(scenario=wanted), Role.ANALYST)

    changed = await update(kept.etag, "Spring, approved")
    stale = await _refusal(update(kept.etag, "Spring, rejected"))
    read = await desk.call("GetScenario", wire.GetScenarioRequest(name=kept.name))

    assert stale.code() is grpc.StatusCode.ABORTED
    assert read == changed
    assert (read.display_name, read.note) == ("Spring, approved", "Approved")
    assert read.plan == kept.plan
    assert read.etag != kept.etag
    assert read.update_time.ToDatetime() > read.create_time.ToDatetime()
    assert set(_violations(await _refusal(update(read.etag, "")))) == {"scenario.display_name"}


async def test_lists_go_page_by_page_and_by_fit(desk: Desk) -> None:
    other = FitName(desk.workspace, "sales", "other")
    desk.keep_fit(other, OTHER)
    names = [(await desk.create(desk.split(), scenario_id=part)).name for part in ("a", "b", "c")]
    of_other = wire.OptimizeBudgetRequest(fit=str(other), total_budget=BUDGET, settings=QUARTER)
    names.append((await desk.create(of_other, scenario_id="d")).name)

    async def page(**fields: object) -> wire.ListScenariosResponse:
        return await desk.call("ListScenarios", wire.ListScenariosRequest(parent=desk.parent, **fields))

    first = await page(page_size=3)
    second = await page(page_size=3, page_token=first.next_page_token)
    filtered = await page(page_size=3, fit=str(desk.fit))

    assert [one.name for one in (*first.scenarios, *second.scenarios)] == names
    assert second.next_page_token == filtered.next_page_token == ""
    assert [one.name for one in filtered.scenarios] == names[:3]
    assert [one.name for one in (await page(fit=str(other))).scenarios] == names[3:]
    short = first.scenarios[0]
    assert short.plan.total_budget == BUDGET
    assert short.plan.outcome.mean > 0
    assert short.WhichOneof("question") is None
    assert len(short.plan.allocations) == len(short.plan.periods) == 0


async def test_what_is_wrong_with_a_list_is_told_at_once(desk: Desk) -> None:
    rivals = "clients/rival/scenarios/a"
    request = wire.ListScenariosRequest(parent=desk.parent, page_size=-1, page_token=rivals, fit="good")
    error = await _refusal(desk.call("ListScenarios", request))

    assert set(_violations(error)) == {"page_size", "page_token", "fit"}


async def test_everything_wrong_with_a_new_scenario_is_told_at_once(desk: Desk) -> None:
    question = desk.split(math.nan, PlanSettings(horizon_periods=0, bounds=[_at_most("C0", -1.0)]))
    error = await _refusal(
        desk.create(question, "", note="x" * 2001, scenario_id="Spring!", request_id="once")
    )

    assert _violations(error) == {
        "scenario_id": "INVALID_NAME",
        "request_id": "INVALID_REQUEST_ID",
        "scenario.display_name": "MISSING_FIELD",
        "scenario.note": "INVALID_NOTE",
        "total_budget": "OUT_OF_RANGE",
        "horizon_periods": "OUT_OF_RANGE",
        "bounds[0].channel": "UNKNOWN_CHANNEL",
        "bounds[0].maximum": "OUT_OF_RANGE",
    }


async def test_a_scenario_needs_a_question_about_a_fit_of_its_workspace(desk: Desk) -> None:
    nothing = wire.CreateScenarioRequest(parent=desk.parent, scenario=wire.Scenario(display_name="Spring"))
    rivals = wire.OptimizeBudgetRequest(fit="clients/rival/models/sales/fits/good", total_budget=1.0)

    assert set(_violations(await _refusal(desk.call("CreateScenario", nothing)))) == {"scenario.question"}
    assert set(_violations(await _refusal(desk.create(rivals)))) == {"scenario.optimize_budget.fit"}


async def test_a_question_without_a_plan_leaves_nothing_behind(desk: Desk) -> None:
    bounds = [_at_most(f"c{place}", 1.0) for place in range(3)]
    error = await _refusal(desk.create(desk.split(settings=PlanSettings(bounds=bounds))))
    listed = await desk.call("ListScenarios", wire.ListScenariosRequest(parent=desk.parent))

    assert _reason(error) == "INFEASIBLE_BUDGET"
    assert not listed.scenarios


async def test_nobody_else_gets_at_scenarios(desk: Desk) -> None:
    kept = await desk.create(desk.split(), scenario_id="a")
    other = await desk.create(desk.split(), scenario_id="b")
    requests = {
        "CreateScenario": desk.request(desk.split()),
        "GetScenario": wire.GetScenarioRequest(name=kept.name),
        "ListScenarios": wire.ListScenariosRequest(parent=desk.parent),
        "UpdateScenario": wire.UpdateScenarioRequest(scenario=kept),
        "DeleteScenario": wire.DeleteScenarioRequest(name=kept.name),
        "RerunScenario": wire.RerunScenarioRequest(name=kept.name),
        "CompareScenarios": wire.CompareScenariosRequest(names=[kept.name, other.name]),
    }
    for method, request in requests.items():
        error = await _refusal(desk.call(method, request, workspace="rival"))
        assert error.code() is grpc.StatusCode.PERMISSION_DENIED, method
    for method, role in (
        ("CreateScenario", Role.VIEWER),
        ("UpdateScenario", Role.VIEWER),
        ("DeleteScenario", Role.ANALYST),
    ):
        error = await _refusal(desk.call(method, requests[method], role))
        assert error.code() is grpc.StatusCode.PERMISSION_DENIED, method


async def test_a_deleted_scenario_is_gone(desk: Desk) -> None:
    kept = await desk.create(desk.split())

    stale = await _refusal(
        desk.call("DeleteScenario", wire.DeleteScenarioRequest(name=kept.name, etag="stale"))
    )
    await desk.call("DeleteScenario", wire.DeleteScenarioRequest(name=kept.name, etag=kept.etag))
    error = await _refusal(desk.call("GetScenario", wire.GetScenarioRequest(name=kept.name)))

    assert stale.code() is grpc.StatusCode.ABORTED
    assert error.code() is grpc.StatusCode.NOT_FOUND
    assert _details(error, error_details_pb2.ResourceInfo).resource_name == kept.name


async def test_a_scenario_outlives_its_fit(desk: Desk) -> None:
    names = [(await desk.create(desk.split(budget))).name for budget in (BUDGET, 2 * BUDGET)]
    kept = await desk.call("GetScenario", wire.GetScenarioRequest(name=names[0]))
    desk.delete_fit(desk.fit)

    error = await _refusal(desk.call("RerunScenario", wire.RerunScenarioRequest(name=names[0])))
    read = await desk.call("GetScenario", wire.GetScenarioRequest(name=names[0]))
    compared = await desk.call("CompareScenarios", wire.CompareScenariosRequest(names=names))

    assert error.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert _reason(error) == "FIT_DELETED"
    assert str(desk.fit) in _details(error, error_details_pb2.PreconditionFailure).violations[0].description
    assert read == kept
    second = compared.scenarios[1]
    assert second.draw_comparison == scenario_pb2.DRAW_COMPARISON_FIT_DELETED
    assert not second.HasField("outcome_difference")
    assert [sum(one.spend[place] for one in compared.spends) for place in (0, 1)] == pytest.approx(
        [BUDGET, 2 * BUDGET]
    )


async def test_another_fit_under_the_same_name_is_noticed(desk: Desk) -> None:
    names = [(await desk.create(desk.split(budget))).name for budget in (BUDGET, 2 * BUDGET)]
    desk.delete_fit(desk.fit)
    desk.keep_fit(desk.fit, OTHER)

    again = await desk.call("RerunScenario", wire.RerunScenarioRequest(name=names[0]))
    compared = await desk.call("CompareScenarios", wire.CompareScenariosRequest(names=names))

    assert not again.same_fit
    assert not again.same
    assert again.largest_outcome_difference > 1e-3
    assert compared.scenarios[1].draw_comparison == scenario_pb2.DRAW_COMPARISON_FIT_CHANGED


async def test_scenarios_are_compared_draw_by_draw(desk: Desk) -> None:
    other = FitName(desk.workspace, "sales", "other")
    desk.keep_fit(other, OTHER)
    bounded = PlanSettings(horizon_periods=13, bounds=[_at_most("c0", 1000.0)])
    questions = [
        desk.split(),
        desk.split(2 * BUDGET),
        desk.split(settings=bounded),
        wire.OptimizeBudgetRequest(fit=str(other), total_budget=BUDGET, settings=QUARTER),
    ]
    kept = [await desk.create(question) for question in questions]
    names = [one.name for one in kept]

    compared = await desk.call("CompareScenarios", wire.CompareScenariosRequest(names=names), Role.VIEWER)

    first, larger, held, elsewhere = compared.scenarios
    assert [one.scenario.name for one in compared.scenarios] == names
    assert first.draw_comparison == scenario_pb2.DRAW_COMPARISON_UNSPECIFIED
    assert not first.HasField("outcome_difference")
    for one, expected in ((larger, kept[1]), (held, kept[2])):
        assert one.draw_comparison == scenario_pb2.DRAW_COMPARISON_JOINT
        gap = expected.plan.outcome.mean - kept[0].plan.outcome.mean
        assert one.outcome_difference.mean == pytest.approx(gap, rel=1e-6)
    assert larger.larger_probability == 1
    assert held.larger_probability < 0.5
    # Most of what is uncertain about these two is the same, and cancels.
    spread = [
        outcome.upper - outcome.lower for outcome in (held.outcome_difference, first.scenario.plan.outcome)
    ]
    assert spread[0] < spread[1]
    assert elsewhere.draw_comparison == scenario_pb2.DRAW_COMPARISON_OTHER_FIT
    assert {one.field: list(one.values) for one in compared.settings} == {
        "fit": [str(desk.fit)] * 3 + [str(other)],
        "total_budget": ["7800", "15600", "7800", "7800"],
        "settings.bounds[c0].maximum": ["", "", "1000", ""],
    }
    assert [one.name for one in compared.spends] == ["c0", "c1", "c2"]
    assert compared.spends[0].spend[2] == pytest.approx(1000.0)


async def test_what_is_wrong_with_a_comparison_is_told_at_once(desk: Desk) -> None:
    names = [f"{desk.parent}/scenarios/a", "spring", f"{desk.parent}/scenarios/a"]
    error = await _refusal(desk.call("CompareScenarios", wire.CompareScenariosRequest(names=names)))
    alone = await _refusal(desk.call("CompareScenarios", wire.CompareScenariosRequest(names=names[:1])))

    assert _violations(error) == {"names[1]": "INVALID_NAME", "names[2]": "DUPLICATE_NAME"}
    assert _violations(alone) == {"names": "OUT_OF_RANGE"}


def _at_most(channel: str, maximum: float) -> ChannelBounds:
    return ChannelBounds(channel=channel, maximum=maximum)
