"""Plan budgets: a fixed one, one that reaches a target, a plan made by hand, and the whole curve."""

import streamlit as st

from mmm_ui.access import showing_errors
from mmm_ui.plan_by_hand import plan_by_hand
from mmm_ui.plan_context import counting, read_context
from mmm_ui.plan_frontier import budget_curve
from mmm_ui.plan_modes import fixed_budget, reach_a_target
from mmm_ui.plan_settings import settings_form
from mmm_ui.state import choose_fit

_MODES = {
    "Fixed budget": fixed_budget,
    "Reach a target": reach_a_target,
    "Plan by hand": plan_by_hand,
    "Budget curve": budget_curve,
}


def render() -> None:
    """Draw the page."""
    st.title("Optimize")
    st.caption(
        "Plans for the periods after the data, over all the model still thinks possible. The settings hold "
        "for every way of planning below."
    )
    with showing_errors():
        fit = choose_fit(finished_only=True)
        if fit is None:
            st.info("No finished fit yet.", icon=":material/info:")
            return
        context = read_context(fit)
        with st.container(border=True):
            settings = settings_form(context)
        context = counting(context, settings)
        for tab, mode in zip(st.tabs(list(_MODES)), _MODES.values(), strict=True):
            with tab, showing_errors():
                mode(context, settings)
