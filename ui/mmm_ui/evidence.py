"""The part of the results page about signals and lift tests."""

import pandas as pd
import streamlit as st

from mmm.analysis.v1.analysis_pb2 import LiftTestResult, SignalEffect
from mmm.analysis.v1.analysis_service_pb2 import GetLiftTestsResponse, GetSignalEffectsResponse
from mmm_charts.contributions import KINDS
from mmm_ui.wording import interval

_COMPACT = st.column_config.NumberColumn(format="compact")


def signals(answer: GetSignalEffectsResponse) -> None:
    """Draw what competitors, controls and events do to the KPI."""
    if not answer.effects:
        st.info("The model has no competitors, controls or events.", icon=":material/info:")
        return
    st.caption(
        f"In {answer.units.kpi_display_name}, carryover included. An event's unit is a period that has it, "
        "or a holiday. Of a panel: one cell, on average."
    )
    st.dataframe(
        pd.DataFrame([_signal_row(effect) for effect in answer.effects]),
        hide_index=True,
        column_config={
            "Deviation": _COMPACT,
            "Raises the KPI": st.column_config.NumberColumn(format="percent"),
            "Half-life (periods)": st.column_config.NumberColumn(format="%.1f"),
        },
    )


def _signal_row(effect: SignalEffect) -> dict[str, object]:
    deviation, lingers = effect.HasField("standard_deviation"), effect.HasField("half_life_periods")
    return {
        "Signal": effect.display_name,
        "Kind": KINDS[effect.kind].removesuffix("s"),
        "One unit more brings": interval(effect.per_unit),
        "One deviation more brings": interval(effect.per_standard_deviation) if deviation else "",
        "Deviation": effect.standard_deviation if deviation else None,
        "Raises the KPI": effect.positive_probability,
        "Half-life (periods)": effect.half_life_periods.median if lingers else None,
    }


def lift_tests(answer: GetLiftTestsResponse) -> None:
    """Draw what experiments measured beside what the fit ascribes to them."""
    if not answer.lift_tests:
        return
    st.subheader("Lift tests, measured beside modelled")
    st.caption(
        f"In {answer.units.kpi_display_name}. Distance: measured less modelled, in their joint standard "
        "deviation; beyond two, test and model contradict each other."
    )
    st.dataframe(
        pd.DataFrame([_test_row(test) for test in answer.lift_tests]),
        hide_index=True,
        column_config={"Spend change": _COMPACT, "Measured": _COMPACT, "± error": _COMPACT},
    )


def _test_row(test: LiftTestResult) -> dict[str, object]:
    return {
        "Test": test.display_name,
        "Spend change": test.spend_change,
        "Measured": test.measured_lift,
        "± error": test.standard_error,
        "Modelled": interval(test.modelled_lift) if test.HasField("modelled_lift") else "",
        "Distance": test.distance if test.HasField("distance") else None,
    }
