from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[3] / "examples" / "dt_simulated_weekly"


@pytest.mark.parametrize(
    "command",
    [
        *(
            "validate",
            "run",
            "upload",
            "simulate",
            "suggest",
            "up",
            "down",
            "status",
            "ui",
            "config",
            "scenario",
        ),
        *("summary", "compare", "combine"),
    ],
)
def test_help_lists_every_command(mmm, command):
    assert command in mmm("--help").output
    assert mmm(command, "--help").exit_code == 0


def test_a_missing_file_is_a_wrong_command_line(mmm, tmp_path):
    result = mmm("run", "--data", tmp_path / "no.csv", "--config", EXAMPLE / "config.yaml")
    assert result.exit_code == 2
    assert "no.csv" in result.output


def test_a_valid_configuration_passes(mmm):
    result = mmm("config", "check", EXAMPLE / "config.yaml")
    assert result.exit_code == 0, result.output
    assert "is valid" in result.output


def test_a_wrong_configuration_stops_before_anything_is_started(mmm, tmp_path):
    config = tmp_path / "config.yaml"
    config.write_text("date_column: DATE\nkpy:\n  column: revenue\nchannels: []\n")
    result = mmm("run", "--data", EXAMPLE / "dt_simulated_weekly.csv", "--config", config)
    assert result.exit_code == 1
    assert "Did you mean 'kpi'?" in result.output
    assert "channels" in result.output, "all problems at once"
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "option", [("--budget", "-5"), ("--budget", "0"), ("--horizon", "0"), ("--horizon", "521")]
)
def test_impossible_plans_are_refused_by_name(mmm, option):
    files = ("--data", EXAMPLE / "dt_simulated_weekly.csv", "--config", EXAMPLE / "config.yaml")
    result = mmm("run", *files, *option)
    assert result.exit_code == 2
    assert option[0] in result.output


def test_a_server_needs_a_token(mmm):
    files = ("--data", EXAMPLE / "dt_simulated_weekly.csv", "--config", EXAMPLE / "config.yaml")
    result = mmm("validate", *files, "--address", "127.0.0.1:1")
    assert result.exit_code == 2
    assert "MMM_TOKEN" in result.output


def test_an_address_without_port_is_refused(mmm):
    files = ("--data", EXAMPLE / "dt_simulated_weekly.csv", "--config", EXAMPLE / "config.yaml")
    result = mmm("validate", *files, "--address", "gateway", MMM_TOKEN="t")  # noqa: S106
    assert result.exit_code == 2
    assert "host:port" in result.output


def test_nothing_runs_in_a_fresh_folder(mmm):
    assert "not running" in mmm("status").output
    assert "Nothing was running" in mmm("down").output


@pytest.mark.parametrize("entry", ["delimiter", "delimeter=comma", "delimiter=,", "date-order=us"])
def test_a_reading_nobody_knows_is_a_wrong_command_line(mmm, entry):
    result = mmm("upload", EXAMPLE / "dt_simulated_weekly.csv", "--read", entry)
    assert result.exit_code == 2
    assert entry in result.output
