"""Say what each column is and what is believed, validate it, and start a fit."""

from typing import Literal

import streamlit as st
import yaml

from mmm.common.v1.common_pb2 import SEVERITY_ERROR, Finding
from mmm.common.v1.model_config_pb2 import KPI_KIND_COUNT
from mmm.data.v1.data_pb2 import Dataset
from mmm.data.v1.data_service_pb2 import SuggestConfigResponse
from mmm_client.errors import FailedPrecondition
from mmm_client.findings import warning_codes
from mmm_core.config import ModelConfig, parse_config_text
from mmm_core.errors import InvalidInput
from mmm_ui.access import client, showing_errors
from mmm_ui.roles import ROLES, SPEND, choices_table, config_from_roles, roles_table, suggested_config
from mmm_ui.state import (
    answer,
    choose_dataset,
    config_text,
    findings_of,
    go_to,
    remember_config_text,
    remember_findings,
    remember_fit,
)
from mmm_ui.tables import findings_table

type KpiKindName = Literal["revenue", "count"]

_EDITOR = "config_editor"


def render() -> None:
    """Draw the page."""
    st.title("Configure")
    st.caption("What each column is, and what you believe about each channel before the data speak.")
    with showing_errors():
        dataset = choose_dataset()
        if dataset is None:
            st.info("Upload data first.", icon=":material/info:")
            return
        columns, text = st.tabs(["Columns", "Configuration file"])
        with columns:
            _columns(dataset)
        with text:
            _editor()
        _check_and_fit(dataset)


def _columns(dataset: Dataset) -> None:
    first = _suggestion(dataset, None)
    kind = _kpi_kind(first)
    suggestion = first if first is None or _kind_of(first) == kind else _suggestion(dataset, kind)
    belief = "ROI" if kind == "revenue" else "Cost"
    edited = st.data_editor(
        roles_table(dataset.columns, suggestion),
        hide_index=True,
        disabled=["Column", "Why", "Sure"],
        key=f"roles-{dataset.name}-{kind}",
        column_config={
            "Role": st.column_config.SelectboxColumn(options=list(ROLES), required=True),
            "Belongs to": st.column_config.SelectboxColumn(
                options=["", *(column.name for column in dataset.columns)],
                help="For an exposure (impressions, clicks): the column with what it cost. "
                "For the cost of an owned medium: the column with its activity.",
            ),
            "ROI low": st.column_config.NumberColumn(f"{belief} low", help="5 % chance to be below."),
            "ROI mid": st.column_config.NumberColumn(f"{belief} mid", help="As likely above as below."),
            "ROI high": st.column_config.NumberColumn(f"{belief} high", help="5 % chance to be above."),
            "Sure": st.column_config.TextColumn(help="How sure the suggestion is."),
            "Why": st.column_config.TextColumn(width="large"),
        },
    )
    st.caption(f"Beliefs are used for columns with the role “{SPEND}”.")
    if suggestion is not None:
        with st.expander("What else is suggested, and why", icon=":material/lightbulb:"):
            st.dataframe(choices_table(suggestion), hide_index=True)
    if st.button("Write the configuration", icon=":material/edit_note:"):
        config = config_from_roles(edited, kind, suggested_config(suggestion) if suggestion else {})
        text = yaml.safe_dump(config, sort_keys=False, allow_unicode=True)
        remember_config_text(text)
        st.session_state[_EDITOR] = text
        st.toast("Written; see the tab “Configuration file”.")


def _suggestion(dataset: Dataset, kind: KpiKindName | None) -> SuggestConfigResponse | None:
    """What the data service suggests; None, and why, when the data lack something."""
    try:
        return answer(
            ("suggestion", dataset.name, kind), lambda: client().suggest_config(dataset.name, kpi_kind=kind)
        )
    except FailedPrecondition as error:
        lacking = " ".join(violation.message for violation in error.violations)
        st.info(f"Nothing can be suggested. {lacking}", icon=":material/info:")
        return None


def _kpi_kind(suggestion: SuggestConfigResponse | None) -> KpiKindName:
    """Let the user say what the KPI is, beginning with what is suggested."""
    names: dict[KpiKindName, str] = {"revenue": "money (ROI)", "count": "a number of things (cost per unit)"}
    default = "revenue" if suggestion is None else _kind_of(suggestion)
    kind = st.segmented_control("The KPI is", list(names), default=default, format_func=names.__getitem__)
    return kind or default


def _kind_of(suggestion: SuggestConfigResponse) -> KpiKindName:
    return "count" if suggestion.config.kpi.kind == KPI_KIND_COUNT else "revenue"


def _editor() -> None:
    file = st.file_uploader("Open a configuration", type=["yaml", "yml", "json"])
    if file is not None and st.session_state.get("opened") != file.file_id:
        st.session_state["opened"] = file.file_id
        text = file.getvalue().decode("utf-8", errors="replace")
        st.session_state[_EDITOR] = text
    st.session_state.setdefault(_EDITOR, config_text())
    remember_config_text(st.text_area("YAML or JSON", key=_EDITOR, height=420))


def _check_and_fit(dataset: Dataset) -> None:
    if not config_text().strip():
        st.info("Give the columns their roles, or open a configuration.", icon=":material/info:")
        return
    name = st.text_input("Name of the model", value=dataset.display_name)
    checking = st.button("Validate", icon=":material/fact_check:")
    area = st.container()
    fitting = st.button("Start fit", type="primary", icon=":material/play_arrow:")
    question = (dataset.name, config_text())
    if checking or fitting:
        config = _parsed()
        if config is None:
            return
        remember_findings(question, client().validate(dataset.name, config))
    findings = findings_of(question)
    if findings is None:
        return
    with area:
        _show_findings(findings)
        accepted = _accepted(findings)
    if fitting:
        _start(dataset, name, findings, accepted)


def _start(dataset: Dataset, name: str, findings: list[Finding], accepted: list[str]) -> None:
    """Start the fit, unless something stands against it."""
    config = _parsed()
    if config is None or _has_errors(findings):
        return
    if set(warning_codes(findings)) - set(accepted):
        st.warning("Correct the data, or accept every warning above.", icon=":material/warning:")
        return
    model = client().create_model(dataset.name, config, display_name=name)
    fit = client().start_fit(model.name, display_name=name, acknowledged_warnings=accepted)
    remember_fit(fit.name)
    go_to("Results")


def _parsed() -> ModelConfig | None:
    """Read the configuration, or show what is wrong with it."""
    try:
        return parse_config_text(config_text())
    except InvalidInput as error:
        st.error("\n".join(f"- **{v.field}** {v.message} {v.fix}" for v in error.violations))
        return None


def _has_errors(findings: list[Finding]) -> bool:
    return any(finding.severity == SEVERITY_ERROR for finding in findings)


def _show_findings(findings: list[Finding]) -> None:
    if not findings:
        st.success("Nothing to complain about.", icon=":material/check:")
        return
    if _has_errors(findings):
        st.error("Errors must be resolved before a fit.", icon=":material/error:")
    elif warning_codes(findings):
        st.warning("A fit can run once you accept the warnings.", icon=":material/warning:")
    else:
        st.success("A fit can run; read the remarks.", icon=":material/check:")
    st.dataframe(findings_table(findings), hide_index=True)


def _accepted(findings: list[Finding]) -> list[str]:
    """Let people tick what they accept; returns the codes of the ticked warnings."""
    if _has_errors(findings):
        return []
    accepted = []
    for code in warning_codes(findings):
        same = [finding for finding in findings if finding.code == code]
        # The key holds the messages, so that a tick counts for what was read and not for what comes later.
        key = f"accept {code} {[finding.message for finding in same]}"
        if st.checkbox(f"I accept `{code}` ({len(same)}): {same[0].why}", key=key):
            accepted.append(code)
    return accepted
