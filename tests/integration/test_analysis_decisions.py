"""What people decide by, over the wire: the summary, comparisons, combined outcomes, marked curves."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import grpc
import numpy as np
import pytest
from google.protobuf.message import Message
from google.rpc import error_details_pb2

from mmm.analysis.v1 import analysis_pb2
from mmm.analysis.v1 import analysis_service_pb2 as wire
from mmm.common.v1 import common_pb2
from mmm_core.fitted import FittedModel
from mmm_core.names import FitName
from mmm_core.quantities import expected_kpi, whole
from mmm_core.records import fit_key
from mmm_core.response import incremental_outcome, marginal_outcome
from mmm_store.memory import MemoryStore
from tests.analysis_calls import Caller, analysis_caller, details, matches
from tests.fitted_models import COUNT, random_fitted_model, well_fitted_model
from tests.stored_fits import store_fit

WELL_FITTED = well_fitted_model(draws=400)
# Orders of the same media as the sales of `WELL_FITTED`, and no value of them.
ORDERS = random_fitted_model(kpi=COUNT, draws=400)


def _other_trend(fit: FittedModel) -> FittedModel:
    config = fit.config.model_copy(
        update={"trend": fit.config.trend.model_copy(update={"changepoints": 11}), "controls": ()}
    )
    return replace(fit, config=config, components=tuple(c for c in fit.components if c.name != "price"))


FITS = {
    "sales": WELL_FITTED,
    "simpler": _other_trend(WELL_FITTED),
    "orders": ORDERS,
    "doomed": random_fitted_model(),
}


def _name(fit: str) -> str:
    return str(FitName("acme", "sales", fit))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> MemoryStore:
    store = MemoryStore()
    for name, fit in FITS.items():
        store_fit(store, FitName("acme", "sales", name), fit, tmp_path_factory.mktemp(name))
    return store


@pytest.fixture
async def call(store: MemoryStore, tmp_path: Path) -> AsyncIterator[Caller]:
    async with analysis_caller(store, tmp_path) as caller:
        yield caller


async def test_the_summary_advises_by_the_hurdle_and_names_the_experiment(call: Caller) -> None:
    answer = await call(wire.GetSummaryRequest(fit=_name("sales"), hurdle=1.5))

    probability = (marginal_outcome(WELL_FITTED, whole(WELL_FITTED), np.ones(1))[0] > 1.5).mean(axis=0)
    paid = [channel.name for channel in WELL_FITTED.config.channels]
    assert [advice.name for advice in answer.advice] == paid
    assert [advice.probability for advice in answer.advice] == pytest.approx(list(probability[: len(paid)]))
    verdicts = {advice.name: analysis_pb2.Verdict.Name(advice.verdict) for advice in answer.advice}
    for place, name in enumerate(paid):
        said = "INCREASE" if probability[place] >= 0.8 else "REDUCE" if probability[place] <= 0.2 else "HOLD"
        assert verdicts[name] == f"VERDICT_{said}"
    assert answer.hurdle.marginal_return == 1.5
    assert answer.hurdle.origin == analysis_pb2.HURDLE_ORIGIN_REQUEST
    assert {one.name for one in answer.information} == set(paid)
    assert {one.name for one in answer.knowledge} >= set(paid)
    assert answer.headline
    assert answer.experiment


async def test_curves_mark_what_was_spent_where_it_stops_paying_and_what_was_ever_observed(
    call: Caller,
) -> None:
    request = wire.GetResponseCurvesRequest(fit=_name("sales"), channels=["tv"], multipliers=[0.5, 1.0])
    curve = (await call(request)).curves[0]
    row = (await call(wire.GetChannelResultsRequest(fit=_name("sales")))).channels[0]
    marks = {analysis_pb2.CurveMarkKind.Name(mark.kind): mark.point for mark in curve.marks}

    current = marks["CURVE_MARK_KIND_CURRENT"]
    assert current == curve.points[1]
    assert current.incremental_outcome == row.incremental_outcome
    if "CURVE_MARK_KIND_BREAKEVEN" in marks:
        assert marks["CURVE_MARK_KIND_BREAKEVEN"].spend == pytest.approx(row.breakeven.spend)
    else:
        assert not row.breakeven.HasField("spend")
    assert marks["CURVE_MARK_KIND_OBSERVED_MAXIMUM"].multiplier == pytest.approx(1.0)


async def test_carryover_weights_sum_to_one_and_half_is_felt_by_the_half_life(call: Caller) -> None:
    answer = await call(wire.GetCarryoverRequest(fit=_name("sales")))

    for curve in answer.curves:
        felt = np.cumsum([weight.mean for weight in curve.weights])
        assert felt[-1] == pytest.approx(1.0)
        assert curve.half_life_periods.median > 0
    assert [curve.name for curve in answer.curves] == list(WELL_FITTED.media_names)


@pytest.mark.parametrize(
    ("resolution", "length"),
    [
        (analysis_pb2.RESOLUTION_MONTH, "M"),
        (analysis_pb2.RESOLUTION_QUARTER, "3M"),
        (analysis_pb2.RESOLUTION_YEAR, "Y"),
    ],
)
async def test_contributions_by_calendar_periods_sum_to_those_by_week(
    call: Caller, resolution: int, length: str
) -> None:
    weekly = await call(wire.GetContributionsRequest(fit=_name("sales")))
    answer = await call(wire.GetContributionsRequest(fit=_name("sales"), resolution=resolution))

    period = WELL_FITTED.dates.astype(f"datetime64[{length}]")
    assert list(answer.kpi.dates) == [str(day) for day in np.unique(period).astype("datetime64[D]")]
    drawn = expected_kpi(WELL_FITTED)[:, period == period[-1]].sum(axis=1)
    matches(answer.kpi.expected[-1], drawn)
    assert sum(answer.kpi.observed) == pytest.approx(sum(weekly.kpi.observed))
    for coarse, fine in zip(answer.components, weekly.components, strict=True):
        assert sum(one.mean for one in coarse.series) == pytest.approx(
            sum(one.mean for one in fine.series), abs=1e-6
        )
        assert coarse.total.upper == pytest.approx(fine.total.upper, abs=1e-6)


async def test_compared_fits_show_what_differs_and_how_much_better_one_explains(call: Caller) -> None:
    answer = await call(wire.CompareFitsRequest(fits=[_name("sales"), _name("simpler")]))
    first, second = answer.fits

    settings = {setting.field: list(setting.values) for setting in answer.settings}
    assert settings["trend.changepoints"][1] == "11"
    assert settings["controls.price.name"] == ['"price"', ""]
    assert "controls.price.column" not in settings, "what is set in an entry that one fit has not"
    assert "controls" not in settings
    assert max(first.elpd_difference, second.elpd_difference) == 0.0
    assert second.loo.elpd - first.loo.elpd == pytest.approx(second.elpd_difference - first.elpd_difference)
    assert first.channels[0].roi == second.channels[0].roi
    assert first.health != analysis_pb2.CHECK_STATUS_UNSPECIFIED
    differences = {one.name: one for one in answer.contributions}
    assert "price" not in differences
    # The same draws, yet two posteriors: their difference scatters as that of independent ones.
    tv = incremental_outcome(WELL_FITTED, whole(WELL_FITTED))[:, 0]
    assert differences["tv"].difference.mean == pytest.approx(0, abs=0.05 * tv.std())
    assert differences["tv"].difference.upper > 1.2 * tv.std()


async def test_fits_of_different_data_come_with_a_caution_and_no_elpd_difference(call: Caller) -> None:
    answer = await call(wire.CompareFitsRequest(fits=[_name("sales"), _name("orders")]))

    assert len(answer.cautions) >= 2
    assert not any(fit.HasField("elpd_difference") for fit in answer.fits)


async def test_combined_outcomes_need_a_value_and_say_what_their_units_are_worth(call: Caller) -> None:
    def outcome(fit: str, value: float | None) -> analysis_pb2.CombinedOutcome:
        return analysis_pb2.CombinedOutcome(fit=_name(fit), value_per_unit=value)

    missing = await call.refusal(
        wire.GetCombinedResultsRequest(outcomes=[outcome("simpler", None), outcome("orders", None)])
    )
    assert missing.code() is grpc.StatusCode.INVALID_ARGUMENT
    fields = [v.field for v in details(missing, error_details_pb2.BadRequest).field_violations]
    assert "outcomes[1].value_per_unit" in fields

    answer = await call(
        wire.GetCombinedResultsRequest(outcomes=[outcome("sales", None), outcome("simpler", 0.5)])
    )
    assert list(answer.values_per_unit) == [1.0, 0.5]
    tv = incremental_outcome(WELL_FITTED, whole(WELL_FITTED))[:, 0]
    assert answer.channels[0].value.mean == pytest.approx(1.5 * tv.mean())
    assert answer.total.spend == pytest.approx(sum(channel.spend for channel in answer.channels))


async def test_a_repeated_answer_is_the_same_and_ends_with_its_fit(call: Caller, store: MemoryStore) -> None:
    request = wire.GetChannelResultsRequest(
        fit=_name("doomed"), window=common_pb2.DateRange(start="2023-05-01")
    )
    assert await call(request) == await call(request)

    store.delete(fit_key(FitName("acme", "sales", "doomed")))
    gone = await call.refusal(request)
    assert gone.code() is grpc.StatusCode.NOT_FOUND


BAD: list[tuple[Callable[[], Message], set[str]]] = [
    (lambda: wire.CompareFitsRequest(fits=[_name("sales")]), {"fits"}),
    (lambda: wire.CompareFitsRequest(fits=["x", _name("sales"), _name("sales")]), {"fits[0]", "fits[2]"}),
    (
        lambda: wire.GetSummaryRequest(fit=_name("sales"), increase_probability=2.0, reduce_probability=-1.0),
        {"increase_probability", "reduce_probability"},
    ),
    (
        lambda: wire.GetChannelResultsRequest(fit=_name("sales"), hurdle=-1.0, target_cost_per_unit=3.0),
        {"hurdle", "target_cost_per_unit"},
    ),
    (wire.GetCombinedResultsRequest, {"outcomes"}),
]


@pytest.mark.parametrize(("request_", "fields"), BAD)
async def test_every_problem_of_a_request_is_named(
    call: Caller, request_: Callable[[], Message], fields: set[str]
) -> None:
    error = await call.refusal(request_())
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    violations = details(error, error_details_pb2.BadRequest).field_violations
    assert {violation.field for violation in violations} >= fields


async def test_other_workspaces_see_nothing(call: Caller) -> None:
    for request in (
        wire.GetSummaryRequest(fit=_name("sales")),
        wire.GetCarryoverRequest(fit=_name("sales")),
        wire.CompareFitsRequest(fits=[_name("sales"), _name("simpler")]),
        wire.GetCombinedResultsRequest(
            outcomes=[analysis_pb2.CombinedOutcome(fit=_name(fit)) for fit in ("sales", "simpler")]
        ),
    ):
        stranger = await call.refusal(request, workspace="rival")
        assert stranger.code() is grpc.StatusCode.PERMISSION_DENIED
