"""`mmm plan` on the real stack, as a planner calls it."""

import csv
import signal

import pytest
import yaml
from typer.testing import CliRunner

from mmm_client.cli import app

SETTINGS = {
    "horizon_periods": 8,
    "bounds": [{"channel": "tv", "minimum_change": -0.5, "maximum_change": 0.5}],
    "flighting": "as_last_year",
}


@pytest.fixture
def plan(local_stack, simulated_fit, monkeypatch):
    """Call `mmm plan` for the shared fit."""
    fit, _ = simulated_fit
    monkeypatch.setenv("MMM_ADDRESS", local_stack.running.address)
    monkeypatch.setenv("MMM_TOKEN_FILE", str(local_stack.running.token_file))
    monkeypatch.delenv("MMM_TOKEN", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    at_termination = signal.getsignal(signal.SIGTERM)

    def call(command, *options):
        return CliRunner().invoke(app, ["plan", command, fit.name, *(str(option) for option in options)])

    yield call
    signal.signal(signal.SIGTERM, at_termination)  # the command sets its own


@pytest.fixture
def settings(tmp_path):
    file = tmp_path / "plan.yaml"
    file.write_text(yaml.safe_dump(SETTINGS))
    return file


def rows_of(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_a_plan_is_written_and_its_file_is_a_plan_by_hand(plan, settings, client, tmp_path):
    best = plan("optimize", "--settings", settings, "--output", tmp_path / "best", "--save-as", "From here")
    assert best.exit_code == 0, best.output
    assert "No plan that keeps these limits can bring more than" in best.output
    name = best.output.partition("Scenario ")[2].strip().split()[0]
    scenario = client.get_scenario(name)
    client.delete_scenario(name)
    assert scenario.optimize_budget.settings.horizon_periods == 8
    spent = sum(float(row["spend"]) for row in rows_of(tmp_path / "best" / "plan.csv"))
    assert spent == pytest.approx(scenario.optimize_budget.total_budget)

    by_period = tmp_path / "best" / "plan_by_period.csv"
    typed = plan("evaluate", "--plan", by_period, "--settings", settings, "--output", tmp_path / "typed")
    assert typed.exit_code == 0, typed.output
    outcomes = [rows_of(tmp_path / folder / "plan_outcome.csv") for folder in ("best", "typed")]
    assert len(outcomes[0]) == 8
    means = [[float(row["outcome_mean"]) for row in rows] for rows in outcomes]
    assert means[1] == pytest.approx(means[0], rel=1e-6)


def test_a_target_and_a_frontier_are_told(plan, tmp_path):
    found = plan("target", "--target", "outcome", "--level", "1e12", "--periods", "4")
    assert found.exit_code == 0, found.output
    assert "No budget in the range reaches" in found.output
    curve = plan("frontier", "--points", "3", "--periods", "4", "--output", tmp_path)
    assert curve.exit_code == 0, curve.output
    assert "next unit of money" in curve.output
    assert len(rows_of(tmp_path / "frontier.csv")) == 3


def test_every_problem_is_named_by_its_field(plan, settings):
    settings.write_text("bounds: [{channel: tvv}]\nhorizon_periods: 0")
    refused = plan("optimize", "--settings", settings, "--budget", "1000")
    assert refused.exit_code == 1
    for words in ("bounds[0].channel", "Did you mean 'tv'?", "horizon_periods"):
        assert words in refused.output
