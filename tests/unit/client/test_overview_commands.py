"""The summary, comparisons and combined outcomes on the command line, from what the service may answer."""

import csv
import io

import pytest
from rich.console import Console

from mmm.analysis.v1.analysis_pb2 import (
    CHECK_STATUS_FAIL,
    CHECK_STATUS_PASS,
    HURDLE_ORIGIN_BREAK_EVEN,
    KNOWLEDGE_LEVEL_POORLY,
    VERDICT_INCREASE,
    VERDICT_UNSPECIFIED,
    Breakeven,
    ChannelAdvice,
    ChannelInformation,
    ChannelKnowledge,
    ChannelResult,
    CombinedChannel,
    ComparedFit,
    Component,
    Hurdle,
    LeaveOneOut,
    SettingDifference,
    Units,
)
from mmm.analysis.v1.analysis_service_pb2 import (
    CompareFitsResponse,
    GetCombinedResultsResponse,
    GetSummaryResponse,
)
from mmm.common.v1.common_pb2 import Estimate
from mmm_client.cli.advice_tables import advice_table, information_table, knowledge_table
from mmm_client.cli.combination_tables import combined_table, outcome_table
from mmm_client.cli.comparison_tables import fit_setting_table, quality_table, return_table

BEYOND = Breakeven(lower=1500, headroom_lower=0.5, beyond_probability=0.7, explored_multiple=5)
TV = ChannelAdvice(
    name="tv",
    display_name="TV [prime]",
    verdict=VERDICT_INCREASE,
    probability=0.93,
    breakeven=BEYOND,
    extrapolated=True,
    sentence="Spend more on TV [prime].",
)
IDLE = ChannelAdvice(name="print", verdict=VERDICT_UNSPECIFIED, sentence="Nothing was spent on print.")
SUMMARY = GetSummaryResponse(
    advice=[TV, IDLE],
    hurdle=Hurdle(marginal_return=1, origin=HURDLE_ORIGIN_BREAK_EVEN),
    knowledge=[
        ChannelKnowledge(
            name="tv", level=KNOWLEDGE_LEVEL_POORLY, relative_width=2.4, sentence="What tv returns is open."
        )
    ],
    information=[ChannelInformation(name="tv", outcome_gain=120, value_gain=6000, variance_share=0.8)],
    units=Units(kpi_display_name="orders", currency="EUR"),
)


def _estimate(median: float) -> Estimate:
    return Estimate(mean=median, median=median, lower=median / 2, upper=median * 2, probability=0.9)


def _printed(content: object) -> str:
    console = Console(file=io.StringIO(), width=100)
    console.print(content)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    assert "…" not in text, "nothing is cut off at 100 columns"
    return text


def _rows(path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_advice_shows_no_figure_where_there_is_none():
    text = _printed(advice_table(SUMMARY))
    line = next(line for line in text.splitlines() if "TV [prime]" in line)
    assert "Increase" in line
    assert "93.0 %" in line
    assert line.count("beyond 5x now") == 2
    idle = next(line for line in text.splitlines() if line.strip().startswith("print"))
    assert "%" not in idle
    assert "Not used" in idle


def test_what_is_known_and_what_knowing_more_is_worth():
    assert "Poorly" in _printed(knowledge_table(SUMMARY))
    assert "240.0 %" in _printed(knowledge_table(SUMMARY))
    text = _printed(information_table(SUMMARY))
    assert "Worth, EUR" in text
    assert "6.00k" in text


def _compared(name: str, **fields: object) -> ComparedFit:
    channels = [ChannelResult(name="tv", display_name="TV", roi=_estimate(1.4), marginal_roi=_estimate(0.7))]
    components = [Component(name="tv", total=_estimate(5))]
    fit = f"clients/default/models/m/fits/{name}"
    return ComparedFit(fit=fit, display_name=name, channels=channels, components=components, **fields)


def test_fits_side_by_side_have_a_difference_where_their_observations_are_the_same():
    loo = LeaveOneOut(elpd=-1412.3)
    best = _compared(
        "best", health=CHECK_STATUS_PASS, loo=loo, elpd_difference=0.0, elpd_difference_error=0.0
    )
    worse = _compared(
        "worse", health=CHECK_STATUS_FAIL, loo=loo, elpd_difference=-12.3, elpd_difference_error=4.5
    )
    text = _printed(quality_table([best, worse]))
    assert "-12.3 ± 4.5" in text
    assert "fail" in text
    assert "±" not in _printed(quality_table([_compared("old")])).split("Difference: ")[0]

    returns = _printed(return_table([best, worse]))
    assert returns.count("TV") == 1, "one block per channel"
    assert returns.count("0.70 – 2.80") == 2


def test_a_setting_that_a_fit_does_not_have_is_absent():
    setting = SettingDifference(field="trend.changepoints", values=["5", ""])
    found = CompareFitsResponse(fits=[_compared("a"), _compared("b")], settings=[setting])
    (line,) = [line for line in _printed(fit_setting_table(found)).splitlines() if "trend" in line]
    assert line.split() == ["trend.changepoints", "5", "–"]


def test_combined_outcomes_tell_what_each_is_worth():
    tv = CombinedChannel(
        name="tv",
        spend=1000,
        spend_share=1,
        value=_estimate(1400),
        roi=_estimate(1.4),
        marginal_roi=_estimate(0.7),
        incremental_outcomes=[_estimate(1000), _estimate(8)],
        above_hurdle_probability=0.25,
    )
    found = GetCombinedResultsResponse(
        channels=[tv],
        total=tv,
        units=[Units(kpi_display_name=name, currency="EUR") for name in ("sales", "sign-ups")],
        values_per_unit=[1, 50],
    )
    assert "25.0 %" in _printed(combined_table(found))
    text = _printed(outcome_table(found, ["models/a/fits/first", "models/b/fits/second"]))
    (line,) = [line for line in text.splitlines() if "sign-ups" in line]
    assert line.split()[:4] == ["sign-ups", "second", "50.0", "8.00"]


@pytest.mark.parametrize("value", ["much", ""])
def test_a_value_that_is_no_number_is_a_wrong_command_line(mmm, value):
    result = mmm("combine", "clients/default/models/m/fits/a", f"clients/default/models/m/fits/b={value}")
    assert result.exit_code == 2
    assert "FIT=49.90" in result.output
