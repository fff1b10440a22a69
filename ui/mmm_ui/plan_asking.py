"""Questions about plans and their answers, kept for the session by the way of planning."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from mmm_client.plan_words import goal_of_question
from mmm_client.plans import PlanAnswer, PlanQuestion
from mmm_ui.access import showing_errors
from mmm_ui.plan_context import PlanContext
from mmm_ui.plan_fields import field_in_words
from mmm_ui.plan_views import show_plan
from mmm_ui.saving_scenarios import save_scenario_form

_KEPT = "kept_plans"


def asked[Q, A](
    context: PlanContext, mode: str, question: Q, label: str, ask: Callable[[Q], A]
) -> tuple[Q, A] | None:
    """Ask when the button is pressed.

    Parameters
    ----------
    context : PlanContext
        The fit.
    mode : str
        The way of planning; each keeps its last answer.
    question : Q
        What is asked about it.
    label : str
        Of the button.
    ask : callable
        Gets the answer.

    Returns
    -------
    tuple or None
        The last answer about the fit and the question it answers, None when there is none.
    """
    kept: dict[str, tuple[Any, Any]] = st.session_state.setdefault(_KEPT, {})
    if st.button(label, type="primary", icon=":material/calculate:", key=f"ask {mode}"):
        kept.pop(mode, None)
        words = partial(field_in_words, question=question, channels=context.channels)
        with st.spinner("Calculating"), showing_errors(words):
            kept[mode] = (question, ask(question))
    if mode not in kept or kept[mode][0].fit != context.fit:
        return None
    if kept[mode][0] != question:
        st.info("The settings have changed since this was calculated.", icon=":material/history:")
    return kept[mode]


def show_answer(question: PlanQuestion, answer: PlanAnswer, mode: str) -> None:
    """Draw a plan and the form to keep it."""
    show_plan(answer.plan, answer.units, goal_of_question(question), key=mode)
    st.divider()
    save_scenario_form(question, key=f"save {mode}")
