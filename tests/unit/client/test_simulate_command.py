import json

import pandas as pd
import pytest
import yaml

from mmm_core.config import load_config_file
from mmm_core.simulation import SimulationDesign, generate, parse_design_text
from mmm_core.validation import validate_table

DESIGN = """
periods: 80
kpi: {kind: count, level: 3000, value_per_unit: 40}
channels:
  - {name: tv, roi: {low: 1, high: 3}}
  - {name: web, roi: 2.5, exposure: {unit: clicks}}
lift_tests: [{channel: web}]
"""


def read(folder):
    table = pd.read_csv(folder / "data.csv", parse_dates=["date"], float_precision="round_trip")
    return table, load_config_file(folder / "config.yaml"), json.loads((folder / "truth.json").read_text())


def test_simulated_files_fit_together(mmm, tmp_path):
    (tmp_path / "design.yaml").write_text(DESIGN)
    result = mmm("simulate", tmp_path / "out", "--design", tmp_path / "design.yaml", "--seed", "3")
    assert result.exit_code == 0, result.output
    table, config, truth = read(tmp_path / "out")
    assert [f.message for f in validate_table(table, config) if f.severity == "error"] == []
    assert len(table) == 80
    assert truth["seed"] == 3
    web = truth["media"][1]
    assert web["name"] == "web"
    assert web["total"]["roi"] == pytest.approx(2.5)
    assert truth["lift_tests"][0]["lift"] == config.lift_tests[0].lift
    for shown in ("tv", "2.50", "Lift tests", "mmm run --data"):
        assert shown in result.output


def test_files_hold_what_the_generator_made(mmm, tmp_path):
    assert mmm("simulate", tmp_path / "out", "--seed", "9").exit_code == 0
    table, config, truth = read(tmp_path / "out")
    data = generate(SimulationDesign(), 9)
    pd.testing.assert_frame_equal(table, data.table, check_exact=True, check_dtype=False)
    assert config == data.config
    again = generate(parse_design_text(yaml.safe_dump(truth["design"])), truth["seed"])
    assert again.table.equals(data.table), "truth.json says how to make the data again"


def test_the_same_command_writes_the_same_bytes(mmm, tmp_path):
    for name in ("one", "two"):
        assert mmm("simulate", tmp_path / name, "--cells", "2", "--periods", "60").exit_code == 0
    for file in ("data.csv", "config.yaml", "truth.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_options_change_the_design(mmm, tmp_path):
    options = ("--periods", "40", "--cells", "12", "--confounding", "0.7")
    assert mmm("simulate", tmp_path / "out", *options).exit_code == 0
    table, config, truth = read(tmp_path / "out")
    assert config.dimensions == ("region",)
    assert table.groupby("region").size().to_dict() == {f"region_{n:02}": 40 for n in range(1, 13)}
    assert len(truth["media"][0]["by_cell"]) == 12
    assert truth["design"]["demand"]["confounding"] == 0.7


def test_one_cell_is_no_panel(mmm, tmp_path):
    (tmp_path / "design.yaml").write_text("panel: {dimensions: {shop: [a, b]}}\n")
    files = (tmp_path / "out", "--design", tmp_path / "design.yaml")
    assert mmm("simulate", *files, "--cells", "1").exit_code == 0
    assert "shop" not in read(tmp_path / "out")[0]


def test_the_shown_design_is_the_one_used(mmm):
    shown = mmm("simulate", "--show-design")
    assert shown.exit_code == 0
    assert parse_design_text(shown.output) == SimulationDesign()
    for field in ("confounding", "relative_error", "size_spread", "price_variation"):
        assert f"{field}:" in shown.output, "also what the default design does not use"


def test_files_are_not_overwritten_unasked(mmm, tmp_path):
    assert mmm("simulate", tmp_path).exit_code == 0
    (tmp_path / "config.yaml").write_text("mine")
    refused = mmm("simulate", tmp_path)
    assert refused.exit_code == 1
    assert "--force" in refused.output
    assert (tmp_path / "config.yaml").read_text() == "mine"
    assert mmm("simulate", tmp_path, "--force").exit_code == 0
    assert (tmp_path / "config.yaml").read_text() != "mine"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--confounding", "1.5", "--periods", "3"), ("demand.confounding", "periods")),
        (("--design", "design.yaml"), ("Did you mean 'trend'?", "channels[0].roi")),
    ],
)
def test_every_problem_is_named_and_nothing_written(mmm, tmp_path, monkeypatch, options, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "design.yaml").write_text("trnd: 1\nchannels: [{name: tv, roi: x}]\n")
    result = mmm("simulate", tmp_path / "out", *options)
    assert result.exit_code == 1
    for word in words:
        assert word in result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"- a list", b"panel: [unclosed"])
def test_what_is_no_design_is_refused(mmm, tmp_path, content):
    (tmp_path / "design.yaml").write_bytes(content)
    result = mmm("simulate", "--show-design", "--design", tmp_path / "design.yaml")
    assert result.exit_code == 1
    assert "Not accepted" in result.output


def test_a_folder_is_needed(mmm):
    result = mmm("simulate")
    assert result.exit_code == 2
    assert "--show-design" in result.output
