"""A plan on the page."""

from streamlit.testing.v1 import AppTest

from mmm.analysis.v1.analysis_pb2 import Units
from mmm.common.v1.common_pb2 import Estimate
from mmm.common.v1.model_config_pb2 import KPI_KIND_COUNT, KPI_KIND_REVENUE
from mmm.optimizer.v1.optimizer_pb2 import (
    BINDING_BOUND_MAXIMUM,
    BudgetPlan,
    ChannelAllocation,
    PlanCell,
    PlanConstraint,
    PlanPeriod,
    SolverReport,
)

SCRIPT = """
import streamlit as st
from mmm.optimizer.v1.optimizer_pb2 import UTILITY_MEAN
from mmm_client.plan_words import Goal
from mmm_ui.plan_views import show_plan
show_plan(st.session_state["plan"], st.session_state["units"], Goal(UTILITY_MEAN, 0.1), key="test")
"""
FIGURE = Estimate(mean=10, median=9, lower=5, upper=20, probability=0.9)
CHANNELS = [
    ChannelAllocation(
        name="tv",
        display_name="Television",
        spend=60,
        reference_spend=30,
        change=1.0,
        roi=FIGURE,
        cost_per_unit=FIGURE,
        marginal_return=FIGURE,
        binding_bound=BINDING_BOUND_MAXIMUM,
        extrapolated=True,
    ),
    ChannelAllocation(name="print", display_name="Print", reference_spend=30, change=-1.0),
]


def shown(kind: int = KPI_KIND_REVENUE, **fields: object) -> AppTest:
    plan = BudgetPlan(
        total_budget=60,
        horizon_periods=1,
        allocations=CHANNELS,
        outcome=FIGURE,
        roi=FIGURE,
        cost_per_unit=FIGURE,
        periods=[PlanPeriod(date="2024-01-01", spend=[60, 0], outcome=FIGURE, demand=1)],
    )
    plan.MergeFrom(BudgetPlan(**fields))
    app = AppTest.from_string(SCRIPT, default_timeout=60)
    app.session_state["plan"] = plan
    app.session_state["units"] = Units(kpi_display_name="orders", kpi_kind=kind, currency="EUR")
    app.run()
    assert not app.exception
    return app


def test_a_plan_by_hand_names_the_limits_it_breaks_and_proves_nothing():
    broken = PlanConstraint(field="bounds[0].maximum", meaning="channel 'tv' gets at most 50.00")
    app = shown(violated_constraints=[broken])

    assert "Television gets at most 50.00" in app.warning[0].value
    assert not app.success
    assert [tab.label for tab in app.tabs] == ["Channels", "Period by period"]


def test_only_a_bound_that_is_near_is_shown_as_success():
    near = shown(solver=SolverReport(utility=10, upper_bound=10.0001, bound_is_exact=True))
    far = shown(solver=SolverReport(utility=10, upper_bound=13))

    assert "0.00 % above this one" in near.success[0].value
    assert not far.success
    assert "30.00 % above this one" in far.info[0].value


def test_limits_that_hold_the_plan_are_said_with_names_people_know():
    held = PlanConstraint(meaning="channel 'print' gets at least 2 times what 'tv' gets")
    app = shown(binding_constraints=[held])

    assert "Print gets at least 2 times what Television gets" in app.info[0].value


def test_a_count_speaks_of_cost_and_revenue_of_roi():
    for kind, title in ((KPI_KIND_REVENUE, "ROI"), (KPI_KIND_COUNT, "Cost per orders")):
        app = shown(kind)
        assert title in [metric.label for metric in app.metric]
        table = app.dataframe[0].value
        assert table[title].tolist() == ["9 (5 – 20)", ""]
        assert table["Remark"][0] == "at its maximum; more than was ever spent in a period"


def test_a_panel_shows_what_every_cell_gets():
    cells = [PlanCell(labels=["North"], spend=[40, 0]), PlanCell(labels=["South"], spend=[20, 0])]
    app = shown(cells=cells)

    assert app.dataframe[-1].value["Television"].to_dict() == {"North": 40, "South": 20}
