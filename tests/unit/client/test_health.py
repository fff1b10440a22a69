"""What the user is told of a fit's health."""

import io

import pytest
from rich.console import Console

from mmm.analysis.v1.analysis_pb2 import (
    CHECK_STATUS_FAIL,
    CHECK_STATUS_INFO,
    CHECK_STATUS_PASS,
    CHECK_STATUS_WARN,
    Check,
    CheckStatus,
    Diagnostics,
    LeaveOneOut,
)
from mmm.fitting.v1.fitting_pb2 import Convergence, InSampleFit
from mmm_client.cli.check_tables import check_table, remarkable_checks
from mmm_client.cli.summaries import diagnostics_lines
from mmm_core.health_words import check_name, counted, verdict, worst_first, worst_status


def _check(status: CheckStatus, code: str = "R_HAT", subject: str = "") -> Check:
    return Check(
        code=code,
        status=status,
        value=0.1234567,
        target="below [1]",
        advice="" if status == CHECK_STATUS_PASS else "Do this.",
        title="Name of it",
        why="It matters.",
        subject=subject,
    )


CHECKS = [
    _check(CHECK_STATUS_PASS),
    _check(CHECK_STATUS_INFO, "PRIOR_SHIFT", "TV [prime]"),
    _check(CHECK_STATUS_FAIL, "NEGATIVE_BASELINE"),
    _check(CHECK_STATUS_WARN, "PARETO_K"),
    _check(CHECK_STATUS_PASS, "MAPE"),
]


def _printed(content: object) -> str:
    console = Console(file=io.StringIO(), width=100)
    console.print(content)
    return console.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("statuses", "worst", "word"),
    [
        ([], CHECK_STATUS_PASS, "Good"),
        ([CHECK_STATUS_PASS], CHECK_STATUS_PASS, "Good"),
        ([CHECK_STATUS_PASS, CHECK_STATUS_INFO], CHECK_STATUS_INFO, "Good"),
        ([CHECK_STATUS_WARN, CHECK_STATUS_INFO, CHECK_STATUS_PASS], CHECK_STATUS_WARN, "Fair"),
        ([CHECK_STATUS_INFO, CHECK_STATUS_FAIL, CHECK_STATUS_WARN], CHECK_STATUS_FAIL, "Unusable"),
    ],
)
def test_the_worst_check_makes_the_verdict_and_a_remark_is_not_one(statuses, worst, word):
    checks = [_check(status) for status in statuses]
    assert worst_status(checks) == worst
    assert verdict(checks) == word


def test_checks_come_worst_first_and_are_counted():
    assert [check.code for check in worst_first(CHECKS)] == [
        "NEGATIVE_BASELINE",
        "PARETO_K",
        "PRIOR_SHIFT",
        "R_HAT",
        "MAPE",
    ]
    assert counted(CHECKS) == "1 failed, 1 warning, 1 remark, 2 passed"
    assert check_name(CHECKS[1]) == "Name of it: TV [prime]"
    assert check_name(CHECKS[0]) == "Name of it"


def test_the_table_has_figure_and_advice_of_what_did_not_pass():
    text = _printed(check_table(remarkable_checks(CHECKS)))
    for expected in ("fail", "warn", "info", "NEGATIVE_BASELINE", "TV [prime]", "0.1235", "below [1]"):
        assert expected in text
    assert "It matters. Do this." in " ".join(text.split())
    assert "R_HAT" not in text


def test_the_summary_has_the_verdict_and_leave_one_out_when_there_is_one():
    diagnostics = Diagnostics(
        convergence=Convergence(max_r_hat=1.002), in_sample_fit=InSampleFit(r_squared=0.9), checks=CHECKS
    )
    lines = list(diagnostics_lines(diagnostics))
    assert "unusable" in lines[0]
    assert "1 failed, 1 warning" in lines[0]
    assert "R-hat 1.002" in lines[1]
    assert len(lines) == 2

    diagnostics.loo.CopyFrom(LeaveOneOut(elpd=-1234.56, standard_error=12.3, max_pareto_k=0.81))
    (*_, last) = diagnostics_lines(diagnostics)
    assert "elpd -1,234.6, standard error 12.3" in last
    assert "Pareto k 0.81" in last
