"""Upload a table and look at it."""

import tempfile
from pathlib import Path

import pandas as pd
import streamlit as st

from mmm.data.v1.data_pb2 import ColumnProfile, ColumnType, Dataset
from mmm_ui.access import client, showing_errors
from mmm_ui.describing import describe
from mmm_ui.state import answer, choose_dataset, go_to, remember_dataset


def render() -> None:
    """Draw the page."""
    st.title("Upload")
    st.caption("One row per period; columns for the KPI, spend, exposures and controls.")
    _upload()
    with showing_errors():
        dataset = choose_dataset()
        if dataset is None:
            st.info("No data yet. Upload a CSV or Parquet file to begin.", icon=":material/info:")
            return
        _show(dataset)


def _upload() -> None:
    file = st.file_uploader("CSV or Parquet file", type=["csv", "parquet"])
    if file is None or not st.button("Upload", type="primary", icon=":material/upload:"):
        return
    with tempfile.TemporaryDirectory() as folder, showing_errors():
        # Only the ending of the name is used, so no name can lead out of the folder.
        path = Path(folder) / f"upload{Path(file.name).suffix}"
        path.write_bytes(file.getbuffer())
        with st.spinner("Uploading"):
            dataset = client().upload(path, display_name=file.name)
        remember_dataset(dataset.name)
        st.success(
            f"Stored {dataset.row_count} rows and {len(dataset.columns)} columns.", icon=":material/check:"
        )


def _show(dataset: Dataset) -> None:
    rows, columns, size = st.columns(3)
    rows.metric("Rows", dataset.row_count, border=True)
    columns.metric("Columns", len(dataset.columns), border=True)
    size.metric("Size", f"{dataset.source_bytes / 1024:,.0f} KiB", border=True)
    st.subheader("Columns")
    profiles = answer(("profile", dataset.name), lambda: client().profile(dataset.name))
    compact = st.column_config.NumberColumn(format="compact")
    st.dataframe(
        profile_table(profiles),
        hide_index=True,
        column_config={"Smallest": compact, "Largest": compact, "Mean": compact},
    )
    describe(dataset)
    st.subheader("First rows")
    preview = answer(("preview", dataset.name), lambda: client().preview(dataset.name))
    st.dataframe(
        pd.DataFrame([list(row.cells) for row in preview.rows], columns=list(preview.columns)),
        hide_index=True,
    )
    if st.button("Configure this data", type="primary", icon=":material/arrow_forward:"):
        go_to("Configure")


def profile_table(profiles: list[ColumnProfile]) -> pd.DataFrame:
    """One row per column of the data."""

    def row(profile: ColumnProfile) -> dict[str, object]:
        number = profile.number if profile.HasField("number") else None
        span = f"{profile.date.first} to {profile.date.last}" if profile.HasField("date") else ""
        return {
            "Column": profile.name,
            "Type": ColumnType.Name(profile.type).removeprefix("COLUMN_TYPE_").capitalize(),
            "Empty": profile.missing_count,
            "Different": profile.distinct_count,
            "Smallest": number.minimum if number else None,
            "Largest": number.maximum if number else None,
            "Mean": number.mean if number else None,
            "Zeros": number.zero_count if number else None,
            "Values": span or ", ".join(profile.top_values[:5]),
        }

    return pd.DataFrame([row(profile) for profile in profiles])
