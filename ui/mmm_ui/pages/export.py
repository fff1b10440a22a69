"""Take results away."""

import tempfile
from pathlib import Path

import streamlit as st

from mmm_charts.contributions import contribution_series
from mmm_ui import tables
from mmm_ui.access import client, showing_errors
from mmm_ui.state import answer, choose_fit


def render() -> None:
    """Draw the page."""
    st.title("Export")
    with showing_errors():
        fit = choose_fit(finished_only=True)
        if fit is None:
            st.info("No finished fit yet.", icon=":material/info:")
            return
        channels = answer(("channels", fit.name), lambda: client().channel_results(fit.name))
        contributions = answer(("contributions", fit.name), lambda: client().contributions(fit.name))
        st.subheader("Tables")
        _table("Channel table", "channels.csv", tables.channel_table(channels).to_csv(index=False))
        series = contribution_series(contributions)
        _table("Contributions by period", "contributions.csv", series.to_csv(index=False))
        st.subheader("Files of the fit")
        for artifact in fit.result.artifacts:
            _artifact(fit.name, artifact.artifact_id, artifact.size_bytes)


def _table(label: str, file_name: str, text: str) -> None:
    st.download_button(label, text, file_name, "text/csv", icon=":material/table:")


def _artifact(fit: str, artifact_id: str, size_bytes: int) -> None:
    label = f"{artifact_id} ({size_bytes / 1024:,.0f} KiB)"

    def content() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            return client().download_artifact(fit, artifact_id, Path(folder) / "file").read_bytes()

    st.download_button(label, content, artifact_id, icon=":material/description:", on_click="ignore")
