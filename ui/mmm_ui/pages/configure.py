"""Say what each column is and what is believed, validate it, and start a fit."""

from dataclasses import dataclass
from typing import Literal

import streamlit as st
import yaml

from mmm.common.v1.common_pb2 import Finding
from mmm.common.v1.model_config_pb2 import KPI_KIND_COUNT
from mmm.data.v1.data_pb2 import Dataset
from mmm.data.v1.data_service_pb2 import SuggestConfigResponse
from mmm_client.errors import FailedPrecondition
from mmm_client.findings import warning_codes
from mmm_core.config import ModelConfig, parse_config_text
from mmm_core.errors import InvalidInput
from mmm_ui.acceptance import accepted_codes, has_errors, show_findings
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

type KpiKindName = Literal["revenue", "count"]

_EDITOR = "config_editor"


@dataclass(frozen=True, slots=True)
class FitWish:
    """How to call a fit, and how many periods it shall not see."""

    name: str
    withheld_periods: int


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
    withheld = int(
        st.number_input(
            "Withhold the last periods",
            min_value=0,
            value=0,
            help="The fit does not see them and foretells them; the results say how well. "
            "Cross-validation does so for several windows.",
        )
    )
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
        show_findings(findings)
        accepted = accepted_codes(findings)
    if fitting:
        _start(dataset, FitWish(name, withheld), findings, accepted)


def _start(dataset: Dataset, wish: FitWish, findings: list[Finding], accepted: list[str]) -> None:
    """Start the fit, unless something stands against it."""
    config = _parsed()
    if config is None or has_errors(findings):
        return
    if set(warning_codes(findings)) - set(accepted):
        st.warning("Correct the data, or accept every warning above.", icon=":material/warning:")
        return
    model = client().create_model(dataset.name, config, display_name=wish.name)
    fit = client().start_fit(
        model.name,
        display_name=wish.name,
        acknowledged_warnings=accepted,
        holdout_periods=wish.withheld_periods,
    )
    remember_fit(fit.name)
    go_to("Results")


def _parsed() -> ModelConfig | None:
    """Read the configuration, or show what is wrong with it."""
    try:
        return parse_config_text(config_text())
    except InvalidInput as error:
        st.error("\n".join(f"- **{v.field}** {v.message} {v.fix}" for v in error.violations))
        return None
