"""The health report on the results page."""

import pytest
from streamlit.testing.v1 import AppTest

from mmm.analysis.v1.analysis_pb2 import (
    CHECK_STATUS_FAIL,
    CHECK_STATUS_INFO,
    CHECK_STATUS_PASS,
    CHECK_STATUS_WARN,
    Check,
    Diagnostics,
    LeaveOneOut,
    ParameterDiagnostics,
)

PASSED = Check(
    code="R_HAT",
    title="R-hat",
    why="Chains agree.",
    status=CHECK_STATUS_PASS,
    value=1.001,
    target="below 1.01",
)
REMARK = Check(
    code="PRIOR_SHIFT",
    title="Overlap",
    subject="Radio",
    why="What was learnt.",
    status=CHECK_STATUS_INFO,
    value=0.93,
    target="below 0.9",
    advice="A lift test would tell.",
)
WARNING = Check(
    code="PARETO_K",
    title="Pareto k",
    why="One decides.",
    status=CHECK_STATUS_WARN,
    value=2,
    target="none",
    advice="Look at 2023-01-02.",
)
FAILED = Check(
    code="COVERAGE_90",
    title="Coverage",
    why="Believe them.",
    status=CHECK_STATUS_FAIL,
    value=0.6,
    target="between 0.85 and 0.95",
    advice="Too narrow.",
)
SCRIPT = """
import streamlit as st
from mmm_ui import health
health.verdict_metric(st.session_state["diagnostics"])
health.health(st.session_state["diagnostics"])
"""


def _shown(*checks: Check, loo: LeaveOneOut | None = None) -> AppTest:
    app = AppTest.from_string(SCRIPT, default_timeout=60)
    parameters = [ParameterDiagnostics(parameter="intercept", r_hat=1.0, ess_bulk=900)]
    app.session_state["diagnostics"] = Diagnostics(checks=checks, parameters=parameters, loo=loo)
    app.run()
    assert not app.exception
    return app


def _texts(app: AppTest) -> list[str]:
    return [str(element.value) for kind in ("markdown", "caption") for element in app.get(kind)]


@pytest.mark.parametrize(
    ("checks", "verdict"),
    [
        ([PASSED], "Good"),
        ([PASSED, REMARK], "Good"),
        ([REMARK, WARNING], "Fair"),
        ([FAILED, REMARK, WARNING], "Unusable"),
    ],
)
def test_the_verdict_is_that_of_the_worst_check(checks, verdict):
    assert _shown(*checks).metric[0].value == verdict


def test_what_did_not_pass_comes_first_with_figure_and_advice():
    app = _shown(PASSED, REMARK, WARNING, FAILED)
    texts = " ".join(_texts(app))

    assert "1 failed, 1 warning, 1 remark, 1 passed" in texts
    assert texts.index("**Coverage** 0.6") < texts.index("**Pareto k** 2") < texts.index("**Overlap: Radio**")
    for advice in ("Too narrow.", "Look at 2023-01-02.", "A lift test would tell."):
        assert advice in texts
    assert list(app.dataframe[0].value["Check"]) == ["R-hat"]


def test_leave_one_out_is_shown_when_there_is_one():
    loo = LeaveOneOut(elpd=-812.34, standard_error=9.5, observations=104, good=103, bad=1, max_pareto_k=0.8)
    app = _shown(PASSED, loo=loo)

    assert [metric.value for metric in app.metric[1:]] == ["-812.3", "0.0", "0.80"]
    assert "Standard error 9.5; 104 observations" in _texts(app)
    assert len(_shown(PASSED).metric) == 1
