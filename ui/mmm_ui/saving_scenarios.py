"""Keep a plan that is on the page as a scenario."""

import streamlit as st

from mmm_client.plans import PlanQuestion
from mmm_ui.access import client, showing_errors


def save_scenario_form(question: PlanQuestion, *, key: str) -> None:
    """Ask for a name and keep the plan of `question` under it.

    Parameters
    ----------
    question : OptimizeBudgetRequest, FindBudgetRequest or EvaluatePlanRequest
        What was asked for the plan; it is asked again and stored with its answer.
    key : str
        Tells several such forms of a page apart.
    """
    with st.form(key, border=False):
        left, middle, right = st.columns([2, 3, 1], vertical_alignment="bottom")
        name = left.text_input("Name of the scenario", max_chars=100, key=f"{key}_name")
        note = middle.text_input("Note", max_chars=2000, key=f"{key}_note")
        sent = right.form_submit_button("Save scenario", icon=":material/bookmark_add:")
    if sent:
        with st.spinner("Saving"), showing_errors():
            saved = client().create_scenario(question, name.strip(), note=note.strip())
            st.success(
                f"Saved as {saved.display_name}. It is on the page Scenarios.", icon=":material/check:"
            )
