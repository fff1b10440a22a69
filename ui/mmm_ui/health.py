"""The part of the results page that says how far a fit can be trusted."""

import streamlit as st

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
from mmm_core.health_words import check_name, counted, verdict, worst_first, worst_status
from mmm_ui import tables

_ICONS: dict[CheckStatus, str] = {
    CHECK_STATUS_PASS: ":green[:material/check_circle:]",
    CHECK_STATUS_INFO: ":blue[:material/info:]",
    CHECK_STATUS_WARN: ":orange[:material/warning:]",
    CHECK_STATUS_FAIL: ":red[:material/error:]",
}


def verdict_metric(diagnostics: Diagnostics) -> None:
    """Draw the verdict, and where there is more."""
    worst = worst_status(diagnostics.checks)
    st.metric("Health", verdict(diagnostics.checks), border=True)
    if worst != CHECK_STATUS_PASS:
        st.caption(f"{_ICONS[worst]} See the tab “Health”.")


def health(diagnostics: Diagnostics) -> None:
    """Draw the health report: what to look at, what passed, leave-one-out, and every parameter."""
    st.markdown(f"**{verdict(diagnostics.checks)}**: {counted(diagnostics.checks)}.")
    checks = worst_first(diagnostics.checks)
    for check in checks:
        if check.status != CHECK_STATUS_PASS:
            _remarkable(check)
    passed = [check for check in checks if check.status == CHECK_STATUS_PASS]
    if passed:
        with st.expander(f"{_ICONS[CHECK_STATUS_PASS]} {len(passed)} passed"):
            st.dataframe(tables.check_table(passed), hide_index=True)
    if diagnostics.HasField("loo"):
        _leave_one_out(diagnostics.loo)
    _parameters(diagnostics)


def _remarkable(check: Check) -> None:
    st.markdown(f"{_ICONS[check.status]} **{check_name(check)}** {check.value:.4g} · asked: {check.target}")
    st.caption(f"{check.why} {check.advice}")


def _leave_one_out(loo: LeaveOneOut) -> None:
    st.subheader("Leave-one-out")
    st.caption(
        "How well each observation is predicted from all others, by PSIS-LOO. Of two fits of the same KPI "
        "and periods, the one with the higher figure predicts better, when they differ by several standard "
        "errors."
    )
    density, parameters, influence = st.columns(3)
    density.metric("Expected log predictive density", f"{loo.elpd:,.1f}", border=True)
    density.caption(f"Standard error {loo.standard_error:,.1f}; {loo.observations} observations")
    parameters.metric("Effective parameters", f"{loo.effective_parameters:.1f}", border=True)
    influence.metric("Largest Pareto k", f"{loo.max_pareto_k:.2f}", border=True)
    influence.caption(f"{loo.good} up to {loo.pareto_k_limit:.2g}, {loo.bad} above, {loo.very_bad} above 1")


def _parameters(diagnostics: Diagnostics) -> None:
    st.subheader("Parameters")
    whole = st.column_config.NumberColumn(format="%.0f")
    st.dataframe(
        tables.parameter_table(diagnostics),
        hide_index=True,
        column_config={
            "R-hat": st.column_config.NumberColumn(format="%.3f"),
            "Bulk ESS": whole,
            "Tail ESS": whole,
        },
    )
