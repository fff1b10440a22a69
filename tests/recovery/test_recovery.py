"""Known truth, recovered through the whole platform."""

import math

import numpy as np
import xarray as xr

from tests.running_fits import follow_to_end


def test_the_true_roi_lies_in_the_interval_and_the_intervals_say_something(client, simulated_fit):
    fit, simulation = simulated_fit

    table = client.channel_results(fit.name, interval_probability=0.98)

    found = {row.name: row.roi for row in table.channels}
    for name, truth in simulation.roi.items():
        assert found[name].lower < truth < found[name].upper, (name, truth, found[name])
    # What was believed before spans a factor of 25; the data must have said something about TV.
    assert found["tv"].upper / found["tv"].lower < 12


def test_the_components_add_up_to_the_expected_kpi(client, simulated_fit):
    fit, _ = simulated_fit

    answer = client.contributions(fit.name)

    expected = np.array([point.mean for point in answer.kpi.expected])
    summed = np.sum([[point.mean for point in c.series] for c in answer.components], axis=0)
    np.testing.assert_allclose(summed, expected, rtol=1e-6)
    assert {c.name for c in answer.components} >= {"tv", "video", "newsletter", "rival", "price", "trend"}


def test_convergence_and_in_sample_fit_are_good(client, simulated_fit):
    fit, _ = simulated_fit

    diagnostics = client.diagnostics(fit.name)

    assert diagnostics.convergence.max_r_hat < 1.05
    assert diagnostics.convergence.min_ess_bulk > 50
    assert diagnostics.in_sample_fit.r_squared > 0.8
    # What is stored is single precision.
    assert math.isclose(diagnostics.convergence.max_r_hat, fit.result.convergence.max_r_hat, abs_tol=1e-3)
    assert math.isclose(diagnostics.in_sample_fit.mape, fit.result.in_sample_fit.mape, rel_tol=1e-3)


def test_withheld_weeks_are_foretold_better_than_by_repetition(client, simulated_fit):
    fit, simulation = simulated_fit
    holdout = fit.result.holdout

    assert holdout.period_count == 8
    assert holdout.window.end == str(simulation.table["week"].iloc[-1].date())
    assert holdout.score.crps < holdout.naive_score.crps
    assert holdout.score.mape < 0.05
    assert holdout.score.coverage >= 0.5


def test_a_forecast_of_the_withheld_weeks_is_what_the_fit_was_scored_by(client, simulated_fit):
    fit, simulation = simulated_fit

    answer = client.forecast(fit.name, fit.dataset)

    assert [period.date for period in answer.periods] == [
        str(day.date()) for day in simulation.table["week"].iloc[-8:]
    ]
    observed = [period.observed for period in answer.periods]
    np.testing.assert_allclose(observed, simulation.table["sales"].iloc[-8:])
    for period in answer.periods:
        inner, outer = period.expected, period.predicted
        assert outer.lower < inner.lower < inner.mean < inner.upper < outer.upper
    # What is stored is single precision.
    assert math.isclose(answer.score.crps, fit.result.holdout.score.crps, rel_tol=1e-3)
    inside = [
        period.predicted.lower <= period.observed <= period.predicted.upper for period in answer.periods
    ]
    assert answer.score.coverage == np.mean(inside)


def test_a_forecast_needs_media_and_controls_but_no_kpi(client, simulated_fit, tmp_path):
    fit, simulation = simulated_fit
    later = simulation.table.iloc[-8:].drop(columns=["sales", "tv_spend"])
    later["tv_spend"] = 10 * simulation.table["tv_spend"].max()
    later.to_csv(tmp_path / "later.csv", index=False)

    answer = client.forecast(fit.name, client.upload(tmp_path / "later.csv").name)

    assert not answer.HasField("score")
    assert answer.extrapolated_media == ["tv"]
    assert answer.expected_total.mean > client.forecast(fit.name, fit.dataset).expected_total.mean


def test_the_posterior_opens_as_netcdf_and_is_small(client, simulated_fit, tmp_path):
    fit, _ = simulated_fit

    path = client.download_artifact(fit.name, "posterior.nc", tmp_path / "posterior.nc")

    posterior = xr.load_dataset(path, group="posterior", engine="h5netcdf")
    assert posterior["channel_effect"].dims == ("chain", "draw", "channel")
    assert path.stat().st_size < 2 << 20


def test_the_same_seed_gives_the_same_draws(client, simulated_fit, tmp_path):
    fit, _ = simulated_fit
    model = fit.name.rsplit("/fits/", 1)[0]

    def effect(name: str) -> np.ndarray:
        path = client.download_artifact(name, "posterior.nc", tmp_path / "posterior.nc")
        return xr.load_dataset(path, group="posterior", engine="h5netcdf")["channel_effect"].to_numpy()

    # The first fit may have met a cold compile cache; the next two meet the same one.
    started = [client.start_fit(model, holdout_periods=8).name for _ in range(2)]
    again = [follow_to_end(client, name)[-1].name for name in started]

    np.testing.assert_array_equal(effect(again[0]), effect(again[1]))
    spread = effect(fit.name).std(axis=(0, 1))
    shift = np.abs(effect(fit.name).mean(axis=(0, 1)) - effect(again[0]).mean(axis=(0, 1)))
    assert (shift < 0.5 * spread).all()
