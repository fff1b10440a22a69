"""Foretell the KPI of periods to come."""

import streamlit as st

from mmm.analysis.v1.analysis_service_pb2 import ForecastKpiResponse
from mmm_ui import charts
from mmm_ui.access import client, showing_errors
from mmm_ui.forecast_tables import forecast_series, forecast_table
from mmm_ui.scores import SCORES_EXPLAINED
from mmm_ui.state import answer, choose_dataset, choose_fit, is_answered
from mmm_ui.wording import interval_name, short

_FUTURE = "chosen_future"


def render() -> None:
    """Draw the page."""
    st.title("Forecast")
    st.caption(
        "The KPI after the data of a fit, under media, competitors and controls as a table gives them. "
        "Upload the table like any other: the columns of the data, rows for the periods to come. Costs and "
        "the KPI may be left out; a KPI that is there is held against the forecast."
    )
    with showing_errors():
        fit = choose_fit(finished_only=True)
        if fit is None:
            st.info("No finished fit yet.", icon=":material/info:")
            return
        dataset = choose_dataset("Periods to come", _FUTURE)
        if dataset is None:
            return
        key = ("forecast", fit.name, dataset.name)
        asked = st.button("Forecast", type="primary", icon=":material/trending_up:")
        if asked or is_answered(key):
            _show(answer(key, lambda: client().forecast(fit.name, dataset.name)))


def _show(found: ForecastKpiResponse) -> None:
    total = found.expected_total
    expected, *measures = st.columns(4)
    expected.metric(f"Expected {found.units.kpi_display_name}", short(total.mean), border=True)
    expected.caption(f"{interval_name(total.probability)}: {short(total.lower)} – {short(total.upper)}")
    if found.HasField("score"):
        score = found.score
        inside, error, distance = measures
        inside.metric("In the 90 % interval", f"{score.coverage:.0%}", border=True)
        error.metric("MAPE", f"{score.mape:.1%}", border=True)
        distance.metric("CRPS", short(score.crps), border=True)
        st.caption(SCORES_EXPLAINED.partition(" Naive:")[0])
    if found.extrapolated_media:
        names = ", ".join(found.extrapolated_media)
        st.warning(f"Used more than ever in the data, so extrapolated: {names}.", icon=":material/warning:")
    st.altair_chart(charts.forecast(forecast_series(found), found.units.kpi_display_name))
    st.caption("Dark band: what the model does not know. Light band: with chance added.")
    st.dataframe(forecast_table(found), hide_index=True)
