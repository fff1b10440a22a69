"""The analysis service over the wire: every figure against its definition, and every refusal."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import grpc
import grpc.aio
import numpy as np
import pandas as pd
import pytest
import xarray as xr
from google.protobuf.message import Message
from google.rpc import error_details_pb2

from mmm.analysis.v1 import analysis_pb2
from mmm.analysis.v1 import analysis_service_pb2 as wire
from mmm.common.v1 import common_pb2, model_config_pb2
from mmm_analysis.forecasts import FutureTables
from mmm_core.diagnostics import leave_one_out, summarise_leave_one_out
from mmm_core.fitted import POSTERIOR_FILE, FittedModel
from mmm_core.lift import modelled_lift
from mmm_core.names import DatasetName, FitName
from mmm_core.predictive import predictive
from mmm_core.quantities import Window, expected_kpi, expected_kpi_by_cell, media_contributions, whole
from mmm_core.records import FitState, fit_key
from mmm_core.response import incremental_outcome, marginal_outcome, response
from mmm_store.cache import ArtifactCache
from mmm_store.memory import MemoryStore
from tests.analysis_calls import Caller, analysis_caller, details, matches
from tests.continued_models import continued, lingering
from tests.fitted_models import (
    COUNT,
    VALUED_COUNT,
    panel_fitted_model,
    random_fitted_model,
    well_fitted_model,
)
from tests.stored_datasets import store_dataset
from tests.stored_fits import store_fit

MODELS: dict[str, FittedModel] = {
    "revenue": random_fitted_model(),
    "count": random_fitted_model(adstock="delayed", saturation="hill", kpi=COUNT),
    "valued": random_fitted_model(saturation="hill", kpi=VALUED_COUNT, seed=2),
    "continued": lingering(continued(random_fitted_model(), signals=2)),
}
PANEL = panel_fitted_model()
WELL_FITTED: dict[str, FittedModel] = {
    "well-fitted": well_fitted_model(draws=2_000),
    "well-fitted-panel": well_fitted_model(panel=True, draws=2_000),
}
WINDOW = common_pb2.DateRange(start="2023-05-01", end="2023-06-30")
ROWS = ["tv", "search", "video", "newsletter", "magazine"]


def _name(fit: str) -> str:
    return str(FitName("acme", "sales", fit))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> MemoryStore:
    store = MemoryStore()
    for fit, model in MODELS.items():
        store_fit(store, FitName("acme", "sales", fit), model, tmp_path_factory.mktemp(fit))
    for state in (FitState.FAILED, FitState.CANCELLED):
        store_fit(
            store,
            FitName("acme", "sales", state.value),
            MODELS["revenue"],
            tmp_path_factory.mktemp(state),
            state=state,
        )
    store_fit(store, FitName("acme", "sales", "panel"), PANEL, tmp_path_factory.mktemp("panel"))
    for fit, model in WELL_FITTED.items():
        store_fit(store, FitName("acme", "sales", fit), model, tmp_path_factory.mktemp(fit))
    swayed = WELL_FITTED["well-fitted"]
    store_fit(
        store,
        FitName("acme", "sales", "swayed"),
        swayed,
        tmp_path_factory.mktemp("swayed"),
        loo=_swayed(swayed),
    )
    _store_unfinished(store)
    _store_of_another_format(store, tmp_path_factory.mktemp("newer"))
    return store


def _swayed(fit: FittedModel) -> xr.Dataset:
    """Leave-one-out figures of which those of the sixth period are out of the ordinary."""
    pareto_k = np.where(np.arange(len(fit.kpi)) == 5, 1.5, 0.1)[:, None]
    names = ("elpd", "pareto_k", "p_loo")
    return xr.Dataset(dict.fromkeys(names, (("date", "cell"), pareto_k)), attrs={"draws": 400})


def _store_unfinished(store: MemoryStore) -> None:
    record = store.get_record(fit_key(FitName("acme", "sales", "failed")))
    assert record is not None
    name = FitName("acme", "sales", "running")
    store.create_record(fit_key(name), record.value | {"name": str(name), "outcome": None})


def _store_of_another_format(store: MemoryStore, folder: Path) -> None:
    name = FitName("acme", "sales", "newer")
    store_fit(store, name, MODELS["revenue"], folder)
    record = store.get_record(fit_key(name))
    assert record is not None
    text = json.loads(json.dumps(record.value))
    posterior = next(a for a in text["outcome"]["result"]["artifacts"] if a["artifact_id"] == POSTERIOR_FILE)
    tree = xr.load_datatree(folder / POSTERIOR_FILE, engine="h5netcdf")
    tree.attrs["format_version"] = 99
    tree.to_netcdf(folder / "newer.nc", engine="h5netcdf")
    posterior["key"] = store.put_artifact(f"{name}/attempts/2/{POSTERIOR_FILE}", folder / "newer.nc").key
    posterior["sha256"] = "other"
    store.replace_record(record.key, text, record.etag)


@pytest.fixture
def futures(tmp_path: Path) -> FutureTables:
    store = MemoryStore()
    config = MODELS["revenue"].config
    columns = {medium.driver_column: 1.0 for medium in config.media} | {"rival": 1.0, "price": 1.0}
    table = pd.DataFrame({"week": pd.to_datetime(["2024-05-06"]), **columns})
    store_dataset(store, DatasetName("acme", "later"), table, tmp_path)
    return FutureTables(store, ArtifactCache(store, tmp_path / "cache"))


@pytest.fixture
async def call(store: MemoryStore, futures: FutureTables, tmp_path: Path) -> AsyncIterator[Caller]:
    async with analysis_caller(store, tmp_path / "fits", futures) as caller:
        yield caller


# -- contributions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("fit", MODELS)
async def test_contributions_sum_to_the_expected_kpi(call: Caller, fit: str) -> None:
    answer = await call(wire.GetContributionsRequest(fit=_name(fit)))
    model = MODELS[fit]
    assert list(answer.kpi.dates) == [str(day) for day in model.dates]
    np.testing.assert_allclose(answer.kpi.observed, model.kpi[:, 0])
    expected = np.array([estimate.mean for estimate in answer.kpi.expected])
    series = np.array([[e.mean for e in component.series] for component in answer.components])
    np.testing.assert_allclose(series.sum(axis=0), expected, rtol=1e-9)
    totals = np.array([component.total.mean for component in answer.components])
    assert totals.sum() == pytest.approx(expected.sum())
    assert sum(component.share.mean for component in answer.components) == pytest.approx(1)


async def test_contributions_name_every_component_and_its_kind(call: Caller) -> None:
    answer = await call(wire.GetContributionsRequest(fit=_name("revenue")))
    kinds = {c.name: analysis_pb2.ComponentKind.Name(c.kind) for c in answer.components}
    paid, owned, baseline = "COMPONENT_KIND_PAID", "COMPONENT_KIND_OWNED", "COMPONENT_KIND_BASELINE"
    assert kinds == {
        **dict.fromkeys(("intercept", "trend"), baseline),
        **dict.fromkeys(("tv", "search", "video"), paid),
        **dict.fromkeys(("newsletter", "magazine"), owned),
        "rival": "COMPONENT_KIND_COMPETITOR",
        "price": "COMPONENT_KIND_CONTROL",
        "fair": "COMPONENT_KIND_EVENT",
    }
    assert next(c.display_name for c in answer.components if c.name == "tv") == "Television"
    assert (answer.units.kpi_kind, answer.units.currency) == (model_config_pb2.KPI_KIND_REVENUE, "CHF")


async def test_contributions_of_a_window_with_another_interval(call: Caller) -> None:
    request = wire.GetContributionsRequest(fit=_name("revenue"), window=WINDOW, interval_probability=0.5)
    answer = await call(request)
    model = MODELS["revenue"]
    inside = (model.dates >= np.datetime64("2023-05-01")) & (model.dates <= np.datetime64("2023-06-30"))
    assert list(answer.kpi.dates) == [str(day) for day in model.dates[inside]]
    tv = media_contributions(model, model.component_draws)[..., 0][:, inside]
    component = next(c for c in answer.components if c.name == "tv")
    matches(component.series[2], tv[:, 2], 0.5)
    matches(component.total, tv.sum(axis=1), 0.5)
    matches(component.share, tv.sum(axis=1) / expected_kpi(model)[:, inside].sum(axis=1), 0.5)


# -- the channel table -----------------------------------------------------------------------------------


async def test_the_channel_table_of_a_revenue(call: Caller) -> None:
    answer = await call(wire.GetChannelResultsRequest(fit=_name("revenue")))
    model, window = MODELS["revenue"], whole(MODELS["revenue"])
    assert [row.name for row in answer.channels] == ROWS
    assert (answer.window.start, answer.window.end) == ("2023-01-02", "2024-04-29")
    gained, spend = incremental_outcome(model, window), model.cost.sum(axis=(0, 1))
    marginal = marginal_outcome(model, window, np.ones(1))[0]
    expected = expected_kpi(model).sum(axis=1)
    for place, row in enumerate(answer.channels):
        matches(row.incremental_outcome, gained[:, place])
        matches(row.effect_share, gained[model.component_draws, place] / expected)
        assert not row.HasField("cost_per_unit")
        assert not row.HasField("marginal_cost_per_unit")
        assert row.half_life_periods.mean > 0.5
        if row.name == "newsletter":
            assert not any(row.HasField(f) for f in ("spend", "spend_share", "roi", "marginal_roi", "prior"))
            continue
        assert row.spend == pytest.approx(spend[place])
        assert row.spend_share == pytest.approx(spend[place] / spend.sum())
        matches(row.roi, gained[:, place] / spend[place])
        matches(row.marginal_roi, marginal[:, place])
    paid = gained[:, :3].sum(axis=1)
    assert answer.total_paid.spend == pytest.approx(spend[:3].sum())
    matches(answer.total_paid.incremental_outcome, paid)
    matches(answer.total_paid.roi, paid / spend[:3].sum())
    assert sum(row.spend_share for row in answer.channels) == pytest.approx(1)


async def test_the_total_of_paid_media_rises_along_their_joint_spend(call: Caller) -> None:
    answer = await call(wire.GetChannelResultsRequest(fit=_name("revenue"), window=WINDOW))
    model, window, step = MODELS["revenue"], Window(17, 26), 1e-5
    up, down = response(model, window, np.array([1 + step, 1 - step]))[..., :3].sum(axis=2)
    spend = model.cost[17:26, 0, :3].sum()
    assert answer.total_paid.spend == pytest.approx(spend)
    slope = (up - down) / (2 * step * spend)
    assert answer.total_paid.marginal_roi.mean == pytest.approx(slope.mean(), rel=1e-5)


async def test_the_stated_belief_is_shown_beside_the_result(call: Caller) -> None:
    revenue = await call(wire.GetChannelResultsRequest(fit=_name("revenue")))
    count = await call(wire.GetChannelResultsRequest(fit=_name("count")))
    for answer in (revenue, count):
        prior = answer.channels[0].prior
        assert (prior.lower, prior.median, prior.upper) == pytest.approx((0.5, 1.0, 2.0))
        # A log-normal's mean is above its median: exp(sigma² / 2) with sigma = log 2 / 1.645.
        assert prior.mean == pytest.approx(np.exp((np.log(2) / 1.6448536) ** 2 / 2))


async def test_a_count_speaks_of_cost_and_of_roi_only_with_a_value(call: Caller) -> None:
    count = await call(wire.GetChannelResultsRequest(fit=_name("count")))
    valued = await call(wire.GetChannelResultsRequest(fit=_name("valued")))
    for answer, model in ((count, MODELS["count"]), (valued, MODELS["valued"])):
        gained, spend = incremental_outcome(model, whole(model)), model.cost.sum(axis=(0, 1))
        marginal = marginal_outcome(model, whole(model), np.ones(1))[0]
        matches(answer.channels[0].cost_per_unit, spend[0] / gained[:, 0])
        matches(answer.channels[0].marginal_cost_per_unit, 1 / marginal[:, 0])
        matches(answer.total_paid.cost_per_unit, spend[:3].sum() / gained[:, :3].sum(axis=1))
        assert answer.units.kpi_kind == model_config_pb2.KPI_KIND_COUNT
    assert not any(row.HasField("roi") or row.HasField("marginal_roi") for row in count.channels)
    gained = incremental_outcome(MODELS["valued"], whole(MODELS["valued"]))
    matches(valued.channels[1].roi, 25 * gained[:, 1] / MODELS["valued"].cost[..., 1].sum())


async def test_a_paid_channel_that_was_silent_spent_nothing_and_has_no_roi(call: Caller) -> None:
    model = MODELS["revenue"]
    week = int(np.flatnonzero((model.cost[:, 0, 0] == 0) & (model.cost[:, 0, 1] > 0))[0])
    day = str(model.dates[week])
    window = common_pb2.DateRange(start=day, end=day)
    answer = await call(wire.GetChannelResultsRequest(fit=_name("revenue"), window=window))
    silent = answer.channels[0]
    assert silent.HasField("spend")
    assert (silent.spend, silent.spend_share, silent.incremental_outcome.mean) == (0, 0, 0)
    assert not silent.HasField("roi")
    assert answer.total_paid.HasField("roi")


# -- response curves -------------------------------------------------------------------------------------


async def test_response_curves_of_all_paid_channels(call: Caller) -> None:
    answer = await call(wire.GetResponseCurvesRequest(fit=_name("valued")))
    model, window = MODELS["valued"], whole(MODELS["valued"])
    factors = np.linspace(0, 2, 21)
    gained, marginal = response(model, window, factors), 25 * marginal_outcome(model, window, factors)
    assert [curve.name for curve in answer.curves] == ["tv", "search", "video"]
    for place, curve in enumerate(answer.curves):
        assert curve.current_spend == pytest.approx(model.cost[..., place].sum())
        for index, point in enumerate(curve.points):
            assert point.multiplier == pytest.approx(factors[index])
            assert point.spend == pytest.approx(factors[index] * curve.current_spend)
            assert point.extrapolated == (index > 10)
            matches(point.incremental_outcome, gained[index, :, place])
            # Some draws of a Hill curve begin vertically: no number would be right there.
            assert point.HasField("marginal_return") == (index > 0)
            if index:
                matches(point.marginal_return, marginal[index, :, place])


async def test_response_curves_as_asked_for(call: Caller) -> None:
    request = wire.GetResponseCurvesRequest(
        fit=_name("count"), channels=["video", "tv"], multipliers=[3, 0, 1], window=WINDOW
    )
    answer = await call(request)
    model, window = MODELS["count"], Window(17, 26)
    gained = response(model, window, np.array([0.0, 1.0, 3.0]))
    assert [curve.name for curve in answer.curves] == ["video", "tv"]
    assert [point.multiplier for point in answer.curves[0].points] == [0, 1, 3]
    matches(answer.curves[0].points[2].incremental_outcome, gained[2, :, 2])
    matches(answer.curves[1].points[1].marginal_return, marginal_outcome(model, window, np.ones(1))[0, :, 0])


# -- panels and lift tests -------------------------------------------------------------------------------

SOUTH = [wire.DimensionFilter(dimension="region", labels=["South"])]


async def test_results_of_a_panel_can_be_asked_for_some_cells(call: Caller) -> None:
    south = PANEL.select_cells(np.array([2, 3]))
    request = wire.GetChannelResultsRequest(fit=_name("panel"), cells=SOUTH)

    answer = await call(request)
    everywhere = await call(wire.GetChannelResultsRequest(fit=_name("panel")))
    split = await call(wire.GetContributionsRequest(fit=_name("panel"), cells=SOUTH))
    curves = await call(wire.GetResponseCurvesRequest(fit=_name("panel"), cells=SOUTH))

    gained = incremental_outcome(south, whole(south))
    matches(answer.channels[0].incremental_outcome, gained[:, 0])
    assert answer.channels[0].spend == pytest.approx(south.cost[..., 0].sum())
    assert everywhere.channels[0].spend == pytest.approx(PANEL.cost[..., 0].sum())
    np.testing.assert_allclose(split.kpi.observed, south.kpi.sum(axis=1))
    assert curves.curves[0].current_spend == pytest.approx(south.cost[..., 0].sum())


async def test_unknown_cells_are_refused_all_at_once(call: Caller) -> None:
    filters = [
        wire.DimensionFilter(dimension="country", labels=["DE"]),
        wire.DimensionFilter(dimension="brand", labels=["a", "A"]),
    ]
    error = await call.refusal(wire.GetContributionsRequest(fit=_name("panel"), cells=filters))
    fields = {v.field for v in details(error, error_details_pb2.BadRequest).field_violations}
    assert fields == {"cells[0].dimension", "cells[1].labels[1]"}

    error = await call.refusal(wire.GetChannelResultsRequest(fit=_name("revenue"), cells=SOUTH))
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT


async def test_a_lift_test_is_shown_measured_beside_modelled(call: Caller) -> None:
    answer = await call(wire.GetLiftTestsRequest(fit=_name("panel"), interval_probability=0.8))
    (test,) = PANEL.config.lift_tests

    (result,) = answer.lift_tests

    assert (result.channel, list(result.cell)) == ("search", ["South", "a"])
    assert (result.measured_lift, result.standard_error) == (test.lift, test.standard_error)
    draws = modelled_lift(PANEL, test)
    matches(result.modelled_lift, draws, 0.8)
    joint = np.hypot(test.standard_error, draws.std())
    assert result.distance == pytest.approx((test.lift - draws.mean()) / joint)
    assert not (await call(wire.GetLiftTestsRequest(fit=_name("revenue")))).lift_tests


async def test_signals_are_reported_in_their_own_units(call: Caller) -> None:
    answer = await call(wire.GetSignalEffectsRequest(fit=_name("continued"), interval_probability=0.8))

    rival, price = answer.effects
    assert [rival.display_name, price.name] == ["rival", "price"]
    assert rival.kind == analysis_pb2.COMPONENT_KIND_COMPETITOR
    # The model's coefficients are -900 and 300 for a standard deviation, which is 2 and 5.
    assert (rival.per_unit.median, price.per_unit.median) == pytest.approx((-450, 60))
    assert price.per_standard_deviation.upper == pytest.approx(300)
    assert (rival.positive_probability, price.positive_probability) == (0, 1)
    assert price.standard_deviation == 5
    # Half of a geometric carryover of one half is felt within the first period.
    assert rival.half_life_periods.median == pytest.approx(1, abs=0.01)
    assert not price.HasField("half_life_periods")
    assert rival.per_unit.probability == 0.8

    older = await call.refusal(wire.GetSignalEffectsRequest(fit=_name("revenue")))
    assert older.code() is grpc.StatusCode.FAILED_PRECONDITION


# -- diagnostics -----------------------------------------------------------------------------------------


async def test_diagnostics(call: Caller) -> None:
    answer = await call(wire.GetDiagnosticsRequest(fit=_name("revenue"), interval_probability=0.8))
    model = MODELS["revenue"]
    assert (answer.convergence.chains, answer.convergence.draws, answer.convergence.divergences) == (2, 40, 0)
    assert answer.in_sample_fit.mape == pytest.approx(0.05)
    rows = {row.parameter: row for row in answer.parameters}
    assert set(rows) == {
        f"{parameter}[{medium}]"
        for parameter in ("channel_effect", "adstock_alpha", "saturation_lam")
        for medium in ROWS
    }
    matches(rows["channel_effect[tv]"].estimate, model.effect[:, 0], 0.8)
    assert answer.convergence.max_r_hat == max(row.r_hat for row in answer.parameters)
    statuses = {check.code: check.status for check in answer.checks}
    assert statuses["DIVERGENCES"] == statuses["NEGATIVE_BASELINE"] == analysis_pb2.CHECK_STATUS_PASS
    assert statuses["ESS_BULK"] != analysis_pb2.CHECK_STATUS_PASS  # 80 draws are no 100 per chain.
    assert all(bool(c.advice) == (c.status != analysis_pb2.CHECK_STATUS_PASS) for c in answer.checks)
    assert all(check.title and check.why and check.target for check in answer.checks)


async def test_a_fit_stored_without_noise_has_a_report_without_what_needs_it(call: Caller) -> None:
    answer = await call(wire.GetDiagnosticsRequest(fit=_name("revenue")))
    codes = {check.code for check in answer.checks}
    assert {"R_HAT", "LJUNG_BOX", "PRIOR_SHIFT", "IMPLAUSIBLE_EFFECT"} <= codes
    assert not {"COVERAGE_50", "COVERAGE_90", "LARGEST_RESIDUAL", "PARETO_K"} & codes
    assert not answer.HasField("loo")


@pytest.mark.parametrize("fit", ["well-fitted", "well-fitted-panel"])
async def test_a_stored_fit_that_is_as_it_should_be_passes_what_is_asked_of_it(
    call: Caller, fit: str
) -> None:
    model = WELL_FITTED[fit]
    answer = await call(wire.GetDiagnosticsRequest(fit=_name(fit)))
    assert {c.code for c in answer.checks if c.status != analysis_pb2.CHECK_STATUS_PASS} == set()
    subjects = {check.subject for check in answer.checks if check.code == "PRIOR_SHIFT"}
    assert subjects == {medium.label for medium in model.config.media}

    predicted = predictive(model, expected_kpi_by_cell(model))
    assert predicted is not None
    loo = summarise_leave_one_out(leave_one_out(predicted))
    assert answer.loo.elpd == pytest.approx(loo.elpd)
    assert answer.loo.standard_error == pytest.approx(loo.standard_error)
    assert answer.loo.max_pareto_k == pytest.approx(loo.max_pareto_k)
    assert answer.loo.observations == answer.loo.good == model.kpi.size


async def test_what_was_stored_of_leave_one_out_is_what_is_read(call: Caller) -> None:
    answer = await call(wire.GetDiagnosticsRequest(fit=_name("swayed")))
    (check,) = [check for check in answer.checks if check.code == "PARETO_K"]
    assert check.status == analysis_pb2.CHECK_STATUS_WARN
    assert check.value == 1
    assert str(WELL_FITTED["well-fitted"].dates[5]) in check.advice
    assert (answer.loo.bad, answer.loo.very_bad, answer.loo.max_pareto_k) == (0, 1, 1.5)


# -- refusals --------------------------------------------------------------------------------------------


async def test_every_wrong_field_is_named_in_one_answer(call: Caller) -> None:
    request = wire.GetResponseCurvesRequest(
        fit=_name("revenue"),
        channels=["TV", "newsletter", "serch"],
        window=common_pb2.DateRange(start="first of May", end="2023-13-01"),
        multipliers=[1, -1, float("nan")],
        interval_probability=1.5,
    )
    error = await call.refusal(request)
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    violations = details(error, error_details_pb2.BadRequest).field_violations
    assert {v.field: v.reason for v in violations} == {
        "window.start": "BAD_DATE",
        "window.end": "BAD_DATE",
        "interval_probability": "OUT_OF_RANGE",
        "channels[0]": "UNKNOWN_CHANNEL",
        "channels[1]": "UNKNOWN_CHANNEL",
        "channels[2]": "UNKNOWN_CHANNEL",
        "multipliers[1]": "OUT_OF_RANGE",
        "multipliers[2]": "OUT_OF_RANGE",
    }
    texts = {v.field: v.description for v in violations}
    assert "Did you mean 'tv'?" in texts["channels[0]"]
    assert "Did you mean 'search'?" in texts["channels[2]"]
    assert "'first of May'" in texts["window.start"]


@pytest.mark.parametrize(
    ("start", "end"),
    [("2030-01-01", ""), ("", "1990-01-01"), ("2023-06-01", "2023-05-01"), ("2023-01-03", "2023-01-08")],
)
async def test_a_window_without_a_period_is_told_the_dates_of_the_data(
    call: Caller, start: str, end: str
) -> None:
    window = common_pb2.DateRange(start=start, end=end)
    error = await call.refusal(wire.GetChannelResultsRequest(fit=_name("revenue"), window=window))
    violation = details(error, error_details_pb2.BadRequest).field_violations[0]
    assert (violation.field, violation.reason) == ("window", "EMPTY_WINDOW")
    assert "2023-01-02 to 2024-04-29" in violation.description


@pytest.mark.parametrize("multipliers", [[1.0] * 201, [-1.0] * 5_000])
async def test_too_many_multipliers_get_a_short_answer(call: Caller, multipliers: list[float]) -> None:
    error = await call.refusal(wire.GetResponseCurvesRequest(fit=_name("revenue"), multipliers=multipliers))
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    violations = details(error, error_details_pb2.BadRequest).field_violations
    assert [(v.field, v.reason) for v in violations] == [("multipliers", "TOO_MANY")]


@pytest.mark.parametrize(
    "request_",
    [
        wire.GetResponseCurvesRequest(multipliers=[-1.0] * 200),
        wire.GetResponseCurvesRequest(channels=["x" * 5_000] * 500),
        wire.GetResponseCurvesRequest(window=common_pb2.DateRange(start="x" * 50_000)),
    ],
    ids=["multipliers", "channels", "window"],
)
async def test_an_answer_to_hundreds_of_problems_still_arrives(call: Caller, request_: Message) -> None:
    request_.fit = _name("revenue")
    error = await call.refusal(request_)
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    violations = details(error, error_details_pb2.BadRequest).field_violations
    assert violations[0].field in {"multipliers[0]", "channels[0]", "window.start"}
    if len(violations) > 1:
        assert violations[-1].reason == "MORE_PROBLEMS"


type Request = Callable[..., Message]
METHODS: list[Request] = [
    wire.GetContributionsRequest,
    wire.GetChannelResultsRequest,
    wire.GetResponseCurvesRequest,
    wire.GetDiagnosticsRequest,
]


@pytest.mark.parametrize("request_", METHODS, ids=lambda r: r.__name__)
@pytest.mark.parametrize("fit", ["failed", "cancelled", "running"])
async def test_only_successful_fits_are_analysed(call: Caller, request_: Request, fit: str) -> None:
    error = await call.refusal(request_(fit=_name(fit)))
    assert error.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert details(error, error_details_pb2.ErrorInfo).reason == "FIT_NOT_SUCCEEDED"


@pytest.mark.parametrize("request_", METHODS, ids=lambda r: r.__name__)
async def test_refusals_every_method_shares(call: Caller, request_: Request) -> None:
    newer = await call.refusal(request_(fit=_name("newer")))
    assert newer.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert details(newer, error_details_pb2.ErrorInfo).reason == "UNKNOWN_FORMAT"
    missing = await call.refusal(request_(fit=_name("missing")))
    assert missing.code() is grpc.StatusCode.NOT_FOUND
    assert details(missing, error_details_pb2.ResourceInfo).resource_name == _name("missing")
    unnamed = await call.refusal(request_(fit="clients/../models/sales/fits/good"))
    assert unnamed.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert details(unnamed, error_details_pb2.BadRequest).field_violations[0].field == "fit"
    rude = await call.refusal(request_(fit=_name("revenue"), interval_probability=0.0))
    assert details(rude, error_details_pb2.BadRequest).field_violations[0].field == "interval_probability"
    stranger = await call.refusal(request_(fit=_name("revenue")), workspace="rival")
    assert stranger.code() is grpc.StatusCode.PERMISSION_DENIED
    intruder = await call.refusal(request_(fit=_name("revenue")), secret="guessed")  # noqa: S106
    assert intruder.code() is grpc.StatusCode.UNAUTHENTICATED


async def test_a_forecast_names_what_is_missing(call: Caller) -> None:
    fit, later = _name("revenue"), "clients/acme/datasets/later"

    missing = await call.refusal(wire.ForecastKpiRequest(fit=fit, dataset="clients/acme/datasets/none"))
    assert missing.code() is grpc.StatusCode.NOT_FOUND
    bad = await call.refusal(wire.ForecastKpiRequest(fit=fit, dataset="later"))
    assert bad.code() is grpc.StatusCode.INVALID_ARGUMENT
    foreign = await call.refusal(wire.ForecastKpiRequest(fit=fit, dataset="clients/rival/datasets/later"))
    assert foreign.code() is grpc.StatusCode.PERMISSION_DENIED
    older = await call.refusal(wire.ForecastKpiRequest(fit=fit, dataset=later))
    assert older.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert "Fit again" in (older.details() or "")
