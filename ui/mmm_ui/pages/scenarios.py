"""Plans that were kept: open one, repeat it, or hold several against each other."""

from collections.abc import Mapping

import streamlit as st

from mmm_ui.access import client, showing_errors
from mmm_ui.scenario_tables import scenario_labels, scenario_table
from mmm_ui.scenario_views import show_comparison, show_scenario
from mmm_ui.state import answer, choose_scenario, newest_first

_MOST_COMPARED = 10


def render() -> None:
    """Draw the page."""
    st.title("Scenarios")
    st.caption("Plans that were kept with the question and the fit they came from.")
    with showing_errors():
        scenarios = newest_first(client().list_scenarios())
        if not scenarios:
            st.info("No scenario yet. Save a plan on the page Optimize.", icon=":material/info:")
            return
        st.dataframe(
            scenario_table(scenarios),
            hide_index=True,
            column_config={"Budget": st.column_config.NumberColumn(format="localized")},
        )
        labels = scenario_labels(scenarios)
        opened, compared = st.tabs(["Open", "Compare"])
        with opened, showing_errors():
            _open(labels)
        with compared, showing_errors():
            _compare(labels, {one.name: one.etag for one in scenarios})


def _open(labels: dict[str, str]) -> None:
    show_scenario(client().get_scenario(choose_scenario(labels)))


def _compare(labels: Mapping[str, str], etags: Mapping[str, str]) -> None:
    chosen = st.multiselect(
        "Scenarios",
        list(labels),
        default=list(labels)[:2],
        format_func=labels.__getitem__,
        max_selections=_MOST_COMPARED,
        help="The others are held against the first.",
    )
    if len(chosen) < 2:
        st.info("Choose at least two scenarios.", icon=":material/info:")
        return
    question = ("compared", *((name, etags[name]) for name in chosen))
    with st.spinner("Comparing"):
        show_comparison(answer(question, lambda: client().compare_scenarios(chosen)))
