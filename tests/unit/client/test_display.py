import io

import pytest
from rich.console import Console

from mmm.analysis.v1.analysis_pb2 import ChannelResult, Units
from mmm.analysis.v1.analysis_service_pb2 import GetChannelResultsResponse
from mmm.common.v1.common_pb2 import SEVERITY_ERROR, DateRange, Estimate, Finding
from mmm.common.v1.model_config_pb2 import KPI_KIND_COUNT, KPI_KIND_REVENUE
from mmm.fitting.v1.fitting_pb2 import (
    FIT_STAGE_COMPILING,
    FIT_STAGE_SAMPLING,
    FIT_STATE_RUNNING,
    ChainProgress,
    Fit,
    FitProgress,
)
from mmm.optimizer.v1.optimizer_pb2 import BINDING_BOUND_MAXIMUM, BudgetPlan, ChannelAllocation
from mmm.optimizer.v1.optimizer_service_pb2 import OptimizeBudgetResponse
from mmm_client.cli.numbers import compact
from mmm_client.cli.progress import fit_display
from mmm_client.cli.tables import channel_table, findings_table, plan_table


def _estimate(median: float) -> Estimate:
    return Estimate(mean=median, median=median, lower=median / 2, upper=median * 2, probability=0.9)


def _printed(content: object) -> str:
    console = Console(file=io.StringIO(), width=100)
    console.print(content)
    return console.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0.00"),
        (1.234, "1.23"),
        (12.34, "12.3"),
        (999.4, "999"),
        (999.7, "1.00k"),
        (1_240_000, "1.24M"),
        (-5_320, "-5.32k"),
        (float("inf"), "∞"),
        (float("nan"), "–"),
    ],
)
def test_numbers_have_three_digits(value, text):
    assert compact(value) == text


def test_a_revenue_kpi_speaks_of_roi():
    row = ChannelResult(
        name="tv",
        display_name="TV [prime]",
        spend=1_500_000,
        incremental_outcome=_estimate(2e6),
        effect_share=_estimate(0.05),
        roi=_estimate(1.4),
        marginal_roi=_estimate(0.7),
        prior=_estimate(2),
    )
    answer = GetChannelResultsResponse(
        channels=[row],
        total_paid=row,
        units=Units(kpi_display_name="Revenue", kpi_kind=KPI_KIND_REVENUE, currency="EUR"),
        window=DateRange(start="2020-01-06", end="2023-12-25"),
    )
    text = _printed(channel_table(answer))
    assert "ROI" in text
    assert "TV [prime]" in text, "a name is text, not markup"
    assert "1.40" in text
    assert "0.70 – 2.80" in text
    assert "…" not in text, "nothing is cut off at 100 columns"


def test_a_count_kpi_speaks_of_cost_per_unit():
    row = ChannelResult(name="tv", spend=1000, cost_per_unit=_estimate(25))
    answer = GetChannelResultsResponse(
        channels=[row],
        total_paid=row,
        units=Units(kpi_display_name="sign-up", kpi_kind=KPI_KIND_COUNT, currency="EUR"),
    )
    text = _printed(channel_table(answer))
    assert "ROI" not in text
    assert "25.0" in text


def test_a_plan_says_what_holds_a_channel():
    row = ChannelAllocation(
        name="tv",
        spend=2e6,
        reference_spend=1e6,
        change=1.0,
        binding_bound=BINDING_BOUND_MAXIMUM,
        extrapolated=True,
    )
    plan = BudgetPlan(total_budget=3e6, horizon_periods=52, allocations=[row], outcome=_estimate(4e6))
    text = _printed(plan_table(OptimizeBudgetResponse(plan=plan, units=Units(currency="EUR"))))
    assert "+100.0 %" in text
    assert "at maximum, beyond data" in " ".join(text.split())


def test_findings_name_place_code_value_reason_and_fix():
    finding = Finding(
        severity=SEVERITY_ERROR,
        code="NEGATIVE_VALUES",
        field="tv_S",
        value="-3",
        message="has negative spend.",
        why="A refund is no advertising.",
        fix="Use 0 or more.",
    )
    text = _printed(findings_table([finding]))
    for part in ("error", "tv_S", "NEGATIVE_VALUES", "-3", "A refund is no advertising. Use 0 or more."):
        assert part in " ".join(text.split())


def test_progress_into_a_file_is_a_line_per_step():
    console = Console(file=io.StringIO(), width=100)
    stages = [FitProgress(stage=FIT_STAGE_COMPILING)] * 2
    stages += [
        FitProgress(
            stage=FIT_STAGE_SAMPLING,
            chains=[ChainProgress(chain=i, finished_draws=done, total_draws=100) for i in (0, 1)],
        )
        for done in (0, 10, 30, 60, 100)
    ]
    with fit_display(console) as display:
        for progress in stages:
            display.show(Fit(state=FIT_STATE_RUNNING, progress=progress))
    assert console.file.getvalue().splitlines() == [  # type: ignore[attr-defined]
        "fit: compiling",
        "fit: sampling, 0 % of 2 chains",
        "fit: sampling, 25 % of 2 chains",
        "fit: sampling, 50 % of 2 chains",
        "fit: sampling, 100 % of 2 chains",
    ]
