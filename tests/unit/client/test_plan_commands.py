"""Plans on the command line: what is read and refused before any server is asked."""

import re
from pathlib import Path

import pytest

from mmm.optimizer.v1.optimizer_pb2 import (
    FLIGHTING_AS_LAST_YEAR,
    UTILITY_CONDITIONAL_VALUE_AT_RISK,
    UTILITY_SHARPE,
    BudgetPlan,
    ChannelAllocation,
    HandMadeSpend,
    PlanPeriod,
    PlanSettings,
)
from mmm_client.cli.plan_options import settings_of
from mmm_client.cli.plan_settings_command import settings_template
from mmm_client.plan_documents import load_plan_settings, parse_plan_settings
from mmm_client.plan_files import plan_csv, read_plan_csv
from mmm_core.errors import InvalidInput

EXAMPLE = Path(__file__).parents[3] / "examples" / "dt_simulated_weekly"
FIT = "clients/default/models/m/fits/f"


def problems(text: str) -> dict[str, str]:
    with pytest.raises(InvalidInput) as raised:
        parse_plan_settings(text, "plan.yaml")
    return {violation.field: violation.fix for violation in raised.value.violations}


def test_the_example_is_read():
    settings = load_plan_settings(EXAMPLE / "plan.yaml")
    assert settings.horizon_periods == 26
    assert settings.utility == UTILITY_CONDITIONAL_VALUE_AT_RISK
    assert settings.flighting == FLIGHTING_AS_LAST_YEAR
    assert [bound.channel for bound in settings.bounds if bound.or_nothing] == ["print"]
    assert settings.groups[0].maximum_share == 0.6


def test_json_is_read_like_yaml_and_full_words_like_short_ones():
    short = parse_plan_settings("utility: sharpe\nhorizon_periods: 8", "plan.yaml")
    full = parse_plan_settings('{"utility": "UTILITY_SHARPE", "horizon_periods": 8}', "plan.json")
    assert short == full == PlanSettings(utility=UTILITY_SHARPE, horizon_periods=8)


def test_every_problem_of_a_file_is_named_at_once_with_the_nearest_name():
    found = problems(
        "horizon_period: 26\nutility: means\nbounds: [{chanel: tv, minimum: much}, tv]\n"
        "groups: {channels: [tv]}\nsplit_cells: perhaps"
    )
    assert found == {
        "horizon_period": "Did you mean 'horizon_periods'?",
        "utility": "Did you mean 'mean'?",
        "bounds[0].chanel": "Did you mean 'channel'?",
        "bounds[0].minimum": "Write a number.",
        "bounds[1]": "Write fields with their values, like 'horizon_periods: 26'.",
        "groups": "Write a list: one item per line, each after a dash.",
        "split_cells": "Write true or false.",
    }


def test_the_template_has_every_field_and_is_valid_however_much_of_it_is_used():
    template = settings_template()
    assert parse_plan_settings(template, "plan.yaml") == PlanSettings()
    # Comments that explain begin with a capital letter or go on; fields begin with a name, a dash or a space.
    used = re.sub(r"^# (?=\s*(- |\w+: |\w+:$))", "", template, flags=re.MULTILINE)
    settings = parse_plan_settings(used, "plan.yaml")
    unused = [name for name in PlanSettings.DESCRIPTOR.fields_by_name if f"\n{name}:" not in used]
    assert not unused
    assert settings.costs[0].yearly_inflation == 0.05
    for field in PlanSettings.DESCRIPTOR.fields:
        for inner in field.message_type.fields if field.message_type else ():
            assert inner.name in used, f"{field.name}.{inner.name}"


def test_options_override_the_file():
    settings = settings_of(EXAMPLE / "plan.yaml", 13, "beat-reference", None)
    assert settings.horizon_periods == 13
    assert settings.utility != UTILITY_CONDITIONAL_VALUE_AT_RISK
    assert settings.risk_level == 0.2


def test_a_template_is_written_checked_and_not_overwritten(mmm, tmp_path):
    file = tmp_path / "plan.yaml"
    assert mmm("plan", "settings", file, "--init").exit_code == 0
    assert mmm("plan", "settings", file).exit_code == 0
    refused = mmm("plan", "settings", file, "--init")
    assert refused.exit_code == 1
    assert "--force" in refused.output
    file.write_text("horizon: 3")
    wrong = mmm("plan", "settings", file)
    assert wrong.exit_code == 1
    assert "horizon_periods" in wrong.output


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["optimize", FIT, "--utility", "median"], "conditional_value_at_risk"),
        (["optimize", FIT, "--budget", "-1"], "--budget"),
        (["target", FIT, "--target", "profit", "--level", "1"], "marginal-return"),
        (["evaluate", FIT, "--plan", "missing.csv"], "missing.csv"),
    ],
)
def test_a_wrong_command_line_is_refused_by_name(mmm, arguments, named):
    result = mmm("plan", *arguments)
    assert result.exit_code == 2
    assert named in result.output


def test_a_plan_that_was_written_is_read_again():
    plan = BudgetPlan(
        allocations=[ChannelAllocation(name="tv"), ChannelAllocation(name="print")],
        periods=[
            PlanPeriod(date="2024-01-01", spend=[10.25, 0]),
            PlanPeriod(date="2024-01-08", spend=[1e6, 3]),
        ],
    )
    assert read_plan_csv(plan_csv(plan), "plan.csv") == [
        HandMadeSpend(channel="tv", spend=[10.25, 1e6]),
        HandMadeSpend(channel="print", spend=[0, 3]),
    ]


def test_a_plan_of_a_spreadsheet_is_read():
    spends = read_plan_csv("\ufeffDate;tv ;print\n01.01.2024;10;\n08.01.2024;2.5;4\n;;\n", "plan.csv")
    assert spends == [
        HandMadeSpend(channel="tv", spend=[10, 2.5]),
        HandMadeSpend(channel="print", spend=[0, 4]),
    ]


def test_every_cell_of_a_plan_that_is_no_number_is_named():
    with pytest.raises(InvalidInput) as raised:
        read_plan_csv("tv,print\n1,x\ninf,2\n", "plan.csv")
    fields = [violation.field for violation in raised.value.violations]
    assert fields == ["plan.csv, tv, period 2", "plan.csv, print, period 1"]


def test_a_plan_with_columns_of_a_panel_is_read_by_cell():
    text = "date,region,tv\n1,north,1\n1,south,2\n2,north,3\n2,south,\n"
    assert read_plan_csv(text, "plan.csv", ["region"]) == [
        HandMadeSpend(channel="tv", cell=["north"], spend=[1, 3]),
        HandMadeSpend(channel="tv", cell=["south"], spend=[2, 0]),
    ]
    together = read_plan_csv("tv\n1\n2\n", "plan.csv", ["region"])
    assert together == [HandMadeSpend(channel="tv", spend=[1, 2])]


def test_a_plan_that_tells_cells_apart_by_one_of_two_dimensions_is_refused():
    with pytest.raises(InvalidInput, match=r"has no column for a dimension.*brand"):
        read_plan_csv("region,tv\nnorth,1\n", "plan.csv", ["region", "brand"])


@pytest.mark.parametrize("text", ["", "tv,print\n"])
def test_a_plan_without_periods_is_refused(text):
    with pytest.raises(InvalidInput, match="has no periods"):
        read_plan_csv(text, "plan.csv")
