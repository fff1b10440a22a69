"""Hold fits against each other."""

from collections.abc import Mapping

import streamlit as st

from mmm.analysis.v1.analysis_service_pb2 import CompareFitsResponse
from mmm_ui import charts, comparison_tables
from mmm_ui.access import client, showing_errors
from mmm_ui.state import answer, choose_fits

_PERCENT = st.column_config.NumberColumn(format="percent")
_TENTHS = st.column_config.NumberColumn(format="%.1f")


def render() -> None:
    """Draw the page."""
    st.title("Compare")
    with showing_errors():
        labels = choose_fits("Fits, the first is what the others are held against")
        if labels is None:
            st.info("No finished fit yet.", icon=":material/info:")
        elif len(labels) < 2:
            st.info("Choose at least two fits.", icon=":material/info:")
        else:
            names = tuple(labels)
            _show(answer(("comparison", names), lambda: client().compare_fits(names)), labels)


def _show(found: CompareFitsResponse, labels: Mapping[str, str]) -> None:
    for caution in found.cautions:
        st.warning(caution, icon=":material/warning:")
    _quality(found, labels)
    _returns(found, labels)
    _contributions(found, labels)
    st.subheader("Settings that differ")
    if found.settings:
        st.dataframe(comparison_tables.setting_table(found, labels), hide_index=True)
    else:
        st.caption("None: data and settings are the same.")


def _quality(found: CompareFitsResponse, labels: Mapping[str, str]) -> None:
    st.dataframe(
        comparison_tables.quality_table(found, labels),
        hide_index=True,
        column_config={
            "Mean error": _PERCENT,
            "Leave-one-out": _TENTHS,
            "Difference to the best": _TENTHS,
            "Its standard error": _TENTHS,
            "Withheld MAPE": _PERCENT,
            "Largest R-hat": st.column_config.NumberColumn(format="%.3f"),
            "Smallest bulk ESS": st.column_config.NumberColumn(format="%.0f"),
        },
    )
    st.caption(
        "Leave-one-out (elpd): how well each observation is predicted from all others; higher is better. A "
        "difference counts when it is several times its standard error. Withheld: periods the fit has not "
        "seen."
    )


def _returns(found: CompareFitsResponse, labels: Mapping[str, str]) -> None:
    words, points = comparison_tables.compared_returns(found, labels)
    st.subheader(f"{words.title} by channel")
    if not points.empty:
        st.altair_chart(charts.comparison(points, words.title))
    st.dataframe(comparison_tables.return_table(found, labels), hide_index=True)


def _contributions(found: CompareFitsResponse, labels: Mapping[str, str]) -> None:
    if not found.contributions:
        return
    st.subheader("Contributions, against the first fit")
    st.caption("The fits are independent: what is uncertain in both is uncertain in the difference.")
    points = comparison_tables.contribution_points(found, labels)
    st.altair_chart(charts.comparison(points, "Share of KPI more than in the first fit"))
    st.dataframe(
        comparison_tables.contribution_table(found, labels),
        hide_index=True,
        column_config={"Share of KPI more": _PERCENT, "From": _PERCENT, "To": _PERCENT},
    )
