"""One scenario on the page, and several against the first."""

import streamlit as st
from google.protobuf.json_format import MessageToDict

from mmm.optimizer.v1.optimizer_service_pb2 import CompareScenariosResponse, Scenario
from mmm_client.plan_words import goal_of_question
from mmm_client.scenario_words import question_of, question_sentence, rerun_sentence
from mmm_ui import scenario_charts, scenario_tables
from mmm_ui.access import client, showing_errors
from mmm_ui.plan_views import show_plan

_MONEY = st.column_config.NumberColumn(format="localized")


def show_scenario(scenario: Scenario) -> None:
    """Draw what was asked and what came out, and what can be done with it."""
    st.subheader(scenario.display_name)
    if scenario.note:
        st.text(scenario.note)
    st.write(question_sentence(scenario))
    with st.container(horizontal=True):
        wanted = st.button("Run again", icon=":material/replay:", help="The stored plan stays as it is.")
        _rename(scenario)
        _delete(scenario)
    if wanted:
        _run_again(scenario)
    show_plan(scenario.plan, scenario.units, goal_of_question(question_of(scenario)), key=scenario.name)
    with st.expander("What it came from", icon=":material/history:"):
        origin = {"Fit": scenario.fit, "Digest of its files": scenario.fit_digest}
        origin |= dict(sorted(scenario.library_versions.items()))
        st.dataframe({"What": list(origin), "Which": list(origin.values())}, hide_index=True)
        st.json(MessageToDict(question_of(scenario), preserving_proto_field_name=True), expanded=2)


def _run_again(scenario: Scenario) -> None:
    with st.spinner("Calculating"), showing_errors():
        again = client().rerun_scenario(scenario.name)
        if again.same:
            st.success(rerun_sentence(scenario, again), icon=":material/verified:")
        else:
            st.warning(rerun_sentence(scenario, again), icon=":material/warning:")


def _rename(scenario: Scenario) -> None:
    with st.popover("Name and note", icon=":material/edit:"):
        name = st.text_input("Name", scenario.display_name, max_chars=100, key=f"{scenario.name} name")
        note = st.text_area("Note", scenario.note, max_chars=2000, key=f"{scenario.name} note")
        if st.button("Save changes", type="primary"):
            with showing_errors():
                wanted = Scenario(name=scenario.name, display_name=name, note=note, etag=scenario.etag)
                client().update_scenario(wanted)
                st.rerun()


def _delete(scenario: Scenario) -> None:
    with st.popover("Delete", icon=":material/delete:"):
        st.write(f"The scenario **{scenario.display_name}** will be gone for good.")
        if st.button("Delete for good", type="primary"):
            with showing_errors():
                client().delete_scenario(scenario.name, etag=scenario.etag)
                st.rerun()


def show_comparison(found: CompareScenariosResponse) -> None:
    """Draw scenarios against the first of them."""
    scenarios = [one.scenario for one in found.scenarios]
    labels = scenario_tables.scenario_labels(scenarios)
    kpi = scenarios[0].units.kpi_display_name
    st.dataframe(
        scenario_tables.outcome_table(found, labels),
        hide_index=True,
        column_config={"Budget": _MONEY, "Chance of more": st.column_config.NumberColumn(format="percent")},
    )
    st.caption(
        "Figures are averages with their interval. The difference is taken in every draw, so what is as "
        "uncertain about the one as about the other cancels. That takes scenarios of the same fit."
    )
    st.altair_chart(scenario_charts.outcomes(scenario_tables.outcome_points(found, labels), kpi))
    st.altair_chart(scenario_charts.spends(scenario_tables.spends(found, labels)))
    st.subheader("Settings that differ")
    if found.settings:
        st.dataframe(scenario_tables.setting_table(found, labels), hide_index=True)
    else:
        st.info("None: the same was asked.", icon=":material/info:")
