"""What of a fit the results page looks at, chosen by the user."""

from datetime import date

import streamlit as st

from mmm.analysis.v1.analysis_service_pb2 import GetChannelResultsResponse
from mmm.common.v1.common_pb2 import DateRange
from mmm.common.v1.model_config_pb2 import KPI_KIND_COUNT
from mmm.fitting.v1.fitting_pb2 import Fit
from mmm_ui.plan_context import read_context
from mmm_ui.result_questions import ResultQuestion
from mmm_ui.wording import short


def choose_question(fit: Fit) -> ResultQuestion:
    """Let the user choose window, cells of a panel and hurdle; another fit begins anew."""
    everything = ResultQuestion(fit.name).channels()
    with st.expander("Window and hurdle", icon=":material/filter_alt:"):
        window, hurdle = st.columns(2)
        with window:
            start, end = _choose_window(fit, everything.window)
        with hurdle:
            least, cost = _choose_hurdle(fit, everything)
        cells = _choose_cells(fit)
    return ResultQuestion(fit.name, start, end, cells, least, cost)


def _choose_window(fit: Fit, whole: DateRange) -> tuple[str, str]:
    first, last = date.fromisoformat(whole.start), date.fromisoformat(whole.end)
    chosen = st.date_input(
        "Window of the spend",
        value=(first, last),
        min_value=first,
        max_value=last,
        format="YYYY-MM-DD",
        key=f"results window {fit.name}",
    )
    # Between the first click and the second there is one date only.
    if not isinstance(chosen, tuple) or len(chosen) != 2 or chosen == (first, last):
        return "", ""
    return chosen[0].isoformat(), chosen[1].isoformat()


def _choose_hurdle(fit: Fit, everything: GetChannelResultsResponse) -> tuple[float | None, float | None]:
    """Ask what the next unit of money is to return: a value, or for a KPI that counts a cost."""
    units, usual = everything.units, everything.hurdle
    key = f"results hurdle {fit.name}"
    if units.kpi_kind == KPI_KIND_COUNT:
        cost = st.number_input(
            f"What the next {units.kpi_display_name} may cost, {units.currency}",
            value=None,
            placeholder=short(usual.cost_per_unit),
            key=key,
        )
        return None, cost
    least = st.number_input(
        f"What the next {units.currency} is to return",
        value=None,
        placeholder=short(usual.marginal_return),
        key=key,
    )
    return least, None


def _choose_cells(fit: Fit) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not fit.config.dimensions:
        return ()
    chosen = (
        (
            dimension,
            tuple(st.multiselect(dimension, labels, placeholder="All", key=f"{dimension} {fit.name}")),
        )
        for dimension, labels in read_context(fit).cells.items()
    )
    return tuple((dimension, labels) for dimension, labels in chosen if labels)
