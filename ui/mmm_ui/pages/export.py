"""Take results away."""

import tempfile
from pathlib import Path

import streamlit as st

from mmm.analysis.v1.analysis_pb2 import (
    EXPORT_FORMAT_CSV,
    EXPORT_FORMAT_EXCEL,
    EXPORT_FORMAT_HTML,
    EXPORT_FORMAT_JSON,
    ExportFormat,
)
from mmm_ui.access import client, showing_errors
from mmm_ui.result_controls import choose_question
from mmm_ui.result_questions import ResultQuestion
from mmm_ui.state import choose_fit

# Label, what it is for, name, media type and icon.
_FORMATS: dict[ExportFormat, tuple[str, str, str, str, str]] = {
    EXPORT_FORMAT_HTML: (
        "Report",
        "One file for people: opens in any browser without a network, and prints.",
        "report.html",
        "text/html",
        ":material/article:",
    ),
    EXPORT_FORMAT_EXCEL: (
        "Excel workbook",
        "A sheet per table, and what their columns mean.",
        "results.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ":material/table:",
    ),
    EXPORT_FORMAT_CSV: (
        "CSV tables",
        "The same tables as CSV files in one archive.",
        "tables.zip",
        "application/zip",
        ":material/folder_zip:",
    ),
    EXPORT_FORMAT_JSON: (
        "JSON document",
        "The same for programs; its schema is published.",
        "results.json",
        "application/json",
        ":material/data_object:",
    ),
}


def render() -> None:
    """Draw the page."""
    st.title("Export")
    with showing_errors():
        fit = choose_fit(finished_only=True)
        if fit is None:
            st.info("No finished fit yet.", icon=":material/info:")
            return
        question = choose_question(fit)
        # Refuses what makes no sense here and now, not in the download.
        question.channels()
        st.subheader("Results")
        for wanted in _FORMATS:
            _export(question, wanted)
        st.subheader("Files of the fit")
        for artifact in fit.result.artifacts:
            _artifact(fit.name, artifact.artifact_id, artifact.size_bytes)


def _export(question: ResultQuestion, wanted: ExportFormat) -> None:
    label, purpose, file_name, media_type, icon = _FORMATS[wanted]
    # Contents are fetched at a click, by a thread that does not know the session.
    connection = client()

    def content() -> bytes:
        (file,) = question.export(connection, [wanted])
        with tempfile.TemporaryDirectory() as folder:
            return connection.download_export(file, Path(folder) / "file").read_bytes()

    button, text = st.columns([1, 3], vertical_alignment="center")
    with button:
        st.download_button(
            label, content, file_name, media_type, icon=icon, on_click="ignore", width="stretch"
        )
    text.caption(purpose)


def _artifact(fit: str, artifact_id: str, size_bytes: int) -> None:
    label = f"{artifact_id} ({size_bytes / 1024:,.0f} KiB)"
    connection = client()

    def content() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            return connection.download_artifact(fit, artifact_id, Path(folder) / "file").read_bytes()

    st.download_button(label, content, artifact_id, icon=":material/description:", on_click="ignore")
