"""`mmm` on the real stack, as an analyst calls it."""

import csv
import json
import signal
from pathlib import Path

import pytest
import xarray as xr
import yaml
from typer.testing import CliRunner

from mmm_client.cli import app
from mmm_core.config import parse_config_text

EXAMPLE = Path(__file__).parents[2] / "examples" / "dt_simulated_weekly"
DATA = EXAMPLE / "dt_simulated_weekly.csv"
CONFIG = EXAMPLE / "config.yaml"


@pytest.fixture
def mmm(local_stack, monkeypatch):
    """Call the command against the shared stack, as on another machine: by address and token file."""
    monkeypatch.setenv("MMM_ADDRESS", local_stack.running.address)
    monkeypatch.setenv("MMM_TOKEN_FILE", str(local_stack.running.token_file))
    monkeypatch.delenv("MMM_TOKEN", raising=False)
    at_termination = signal.getsignal(signal.SIGTERM)
    yield lambda *arguments: CliRunner().invoke(app, [str(a) for a in arguments])
    signal.signal(signal.SIGTERM, at_termination)  # the command sets its own


def test_validate_finds_every_problem_and_keeps_nothing(mmm, client, tmp_path):
    header, *rows = DATA.read_text().splitlines()
    data = tmp_path / "weekly.csv"
    spend = header.split(",").index("tv_S")
    cells = rows[3].split(",")
    cells[spend] = "-5"
    data.write_text("\n".join([header, *rows[:3], ",".join(cells), *rows[4:], rows[-1]]) + "\n")
    before = {dataset.name for dataset in client.list_datasets()}

    result = mmm("validate", "--data", data, "--config", CONFIG)

    assert result.exit_code == 1, result.output
    assert "tv_S" in result.output
    assert "DATE" in result.output, "the repeated last week too"
    assert {dataset.name for dataset in client.list_datasets()} == before


def test_a_file_that_is_no_table_is_refused_with_the_reason(mmm, tmp_path):
    data = tmp_path / "weekly.csv"
    data.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    result = mmm("validate", "--data", data, "--config", CONFIG)
    assert result.exit_code == 1
    assert "Not accepted" in result.output


def test_a_suggestion_is_a_file_that_validates_and_nothing_stays(mmm, client, tmp_path):
    before = {dataset.name for dataset in client.list_datasets()}
    file = tmp_path / "suggested.yaml"
    result = mmm("suggest", DATA, "-o", file)
    assert result.exit_code == 0, result.output

    assert "# 'S' in its name says spend." in file.read_text()
    assert mmm("validate", "--data", DATA, "--config", file).exit_code == 0
    assert {dataset.name for dataset in client.list_datasets()} == before

    again = mmm("suggest", DATA, "-o", file)
    assert again.exit_code == 1
    assert "--force" in again.output


def test_a_printed_suggestion_is_nothing_but_the_file(mmm):
    result = mmm("suggest", DATA, "--kpi", "competitor_sales_B", "--kpi-kind", "count")
    assert result.exit_code == 0, result.output
    config = parse_config_text(result.stdout)
    assert (config.kpi.column, config.kpi.kind) == ("competitor_sales_B", "count")
    assert config.channels[0].cost_per_unit_prior is not None


def test_run_asks_for_a_word_on_every_warning(mmm, client, tmp_path):
    before = {dataset.name for dataset in client.list_datasets()}
    files = ("--data", DATA, "--config", CONFIG, "--output", tmp_path)

    result = mmm("run", *files, "--acknowledge", "OUTLIERS")

    assert result.exit_code == 1, result.output
    assert "--acknowledge EXPOSURE_WITHOUT_SPEND" in " ".join(result.output.split())
    assert "credited to spend of other periods" in " ".join(result.output.split()), "and why it matters"
    assert {dataset.name for dataset in client.list_datasets()} == before


@pytest.mark.timeout(900)
def test_run_goes_from_a_file_to_a_plan(mmm, tmp_path):
    whole = yaml.safe_load(CONFIG.read_text())
    small = {name: whole[name] for name in ("date_column", "kpi")}
    small["channels"] = whole["channels"][:3]
    small["sampler"] = {"chains": 2, "tune": 200, "draws": 200, "seed": 1}
    config_file = tmp_path / "config.yaml"
    config_file.write_text(yaml.safe_dump(small))
    folder = tmp_path / "results"

    files = ("--data", DATA, "--config", config_file, "--output", folder)
    result = mmm("run", *files, "--acknowledge-all", "--budget", "1000000", "--horizon", "26")

    assert result.exit_code == 0, result.output
    assert "sampling" in result.output
    assert "ROI" in result.output
    assert "mmm ui" in result.output
    assert max(map(len, result.output.splitlines())) <= 100 + len(str(folder))

    document = json.loads((folder / "results.json").read_text())
    assert [row["name"] for row in document["channels"]][-1] == "all_paid"
    assert document["about"]["headline"] in (folder / "report.html").read_text()
    assert (folder / "results.xlsx").exists()

    exported = mmm("export", document["about"]["fit"], "--format", "html", "-o", tmp_path / "exported")
    assert exported.exit_code == 0, exported.output
    (report,) = (tmp_path / "exported").iterdir()
    assert report.read_bytes() == (folder / "report.html").read_bytes(), "the same question, the same file"
    links = mmm("export", document["about"]["fit"], "--format", "json", "--format", "csv", "--links").output
    assert [line.startswith("http://127.0.0.1:") for line in links.split()] == [True, True]
    with (folder / "plan.csv").open(newline="") as file:
        plan = {row["name"]: float(row["spend"]) for row in csv.DictReader(file)}
    assert sum(plan.values()) == pytest.approx(1_000_000)
    with (folder / "contributions.csv").open(newline="") as file:
        dates = {row["date"] for row in csv.DictReader(file)}
    assert len(dates) == 208
    with xr.open_datatree(folder / "posterior.nc", engine="h5netcdf") as posterior:
        assert dict(posterior["posterior"].sizes)["chain"] == 2
    with (folder / "health.csv").open(newline="") as file:
        checks = {row["code"]: row for row in csv.DictReader(file)}
    assert {"R_HAT", "E_BFMI", "COVERAGE_90", "LJUNG_BOX", "PRIOR_SHIFT", "PARETO_K"} <= set(checks)
    assert "Health:" in result.output
    assert document["about"]["elpd"] < 0
    assert (folder / "channels.csv").exists()
    assert (folder / "response_curves.csv").exists()
