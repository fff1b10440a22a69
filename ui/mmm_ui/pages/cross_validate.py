"""Fit on the data before each of several windows, and foretell the window."""

import streamlit as st

from mmm.fitting.v1.fitting_pb2 import CrossValidation, Model
from mmm_client.findings import warning_codes
from mmm_client.watching import FINAL_STATES
from mmm_core.config.wire import config_from_proto
from mmm_ui.acceptance import accepted_codes, has_errors, show_findings
from mmm_ui.access import client, showing_errors
from mmm_ui.forecast_tables import fold_table
from mmm_ui.scores import SCORES_EXPLAINED, score_table
from mmm_ui.state import answer, choose_model, made, newest_first

REFRESH_SECONDS = 2.0


def render() -> None:
    """Draw the page."""
    st.title("Cross-validate")
    st.caption(
        "How well does a model foretell what it has not seen? The windows follow each other and end with the "
        "data; each is foretold by a fit on everything before it."
    )
    with showing_errors():
        model = choose_model()
        if model is None:
            st.info("No model yet. Configure one.", icon=":material/info:")
            return
        _start_form(model)
        for one in newest_first(client().list_cross_validations(model.name)):
            _show(one)


def _start_form(model: Model) -> None:
    left, right = st.columns(2)
    folds = int(left.number_input("Folds", min_value=2, max_value=20, value=3))
    horizon = int(right.number_input("Periods in each window", min_value=1, value=8))
    findings = answer(
        ("findings", model.name, model.etag),
        lambda: client().validate(model.dataset, config_from_proto(model.config)),
    )
    accepted: list[str] = []
    if has_errors(findings) or warning_codes(findings):
        show_findings(findings)
        accepted = accepted_codes(findings)
    if st.button("Start cross-validation", type="primary", icon=":material/play_arrow:"):
        client().start_cross_validation(
            model.name, fold_count=folds, horizon_periods=horizon, acknowledged_warnings=accepted
        )
        st.rerun()


def _show(found: CrossValidation) -> None:
    st.subheader(f"{found.fold_count} folds of {found.horizon_periods} periods · {made(found)}")
    if found.state in FINAL_STATES:
        score_table(fold_table(found))
        st.caption(SCORES_EXPLAINED)
    else:
        _watch(found.name)


@st.fragment(run_every=REFRESH_SECONDS)
def _watch(name: str) -> None:
    """Show where the folds stand; draw the whole page anew once they have ended."""
    with showing_errors():
        found = client().get_cross_validation(name)
        if found.state in FINAL_STATES:
            st.rerun()
        score_table(fold_table(found))
        if st.button("Cancel", icon=":material/cancel:", key=f"cancel {name}"):
            for fold in found.folds:
                if fold.state not in FINAL_STATES:
                    client().cancel_fit(fold.fit)
