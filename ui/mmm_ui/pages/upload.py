"""Upload a table and look at it."""

import pandas as pd
import streamlit as st

from mmm.data.v1.data_pb2 import (
    FILE_FORMAT_CSV,
    FILE_FORMAT_EXCEL,
    FILE_FORMAT_PARQUET,
    ColumnProfile,
    ColumnType,
    Dataset,
)
from mmm_client.reading_words import reading_facts
from mmm_ui.access import client, showing_errors
from mmm_ui.describing import describe
from mmm_ui.state import answer, choose_dataset, go_to
from mmm_ui.uploading import upload_form

_FORMATS = {FILE_FORMAT_CSV: "CSV", FILE_FORMAT_EXCEL: "Excel", FILE_FORMAT_PARQUET: "Parquet"}


def render() -> None:
    """Draw the page."""
    st.title("Upload")
    st.caption("One row per period; columns for the KPI, spend, exposures and controls.")
    upload_form()
    with showing_errors():
        dataset = choose_dataset()
        if dataset is None:
            st.info("No data yet. Upload a CSV, Excel or Parquet file to begin.", icon=":material/info:")
            return
        _show(dataset)


def _show(dataset: Dataset) -> None:
    rows, columns, size, version = st.columns(4)
    rows.metric("Rows", dataset.row_count, border=True)
    columns.metric("Columns", len(dataset.columns), border=True)
    size.metric("Size", f"{dataset.source_bytes / 1024:,.0f} KiB", border=True)
    version.metric("Version", dataset.version, border=True)
    st.subheader("Columns")
    profiles = answer(("profile", dataset.name), lambda: client().profile(dataset.name))
    compact = st.column_config.NumberColumn(format="compact")
    st.dataframe(
        profile_table(profiles),
        hide_index=True,
        column_config={"Smallest": compact, "Largest": compact, "Mean": compact},
    )
    st.subheader("How the file was read")
    st.dataframe(reading_table(dataset), hide_index=True)
    describe(dataset)
    st.subheader("First rows")
    preview = answer(("preview", dataset.name), lambda: client().preview(dataset.name))
    st.dataframe(
        pd.DataFrame([list(row.cells) for row in preview.rows], columns=list(preview.columns)),
        hide_index=True,
    )
    if st.button("Configure this data", type="primary", icon=":material/arrow_forward:"):
        go_to("Configure")


def reading_table(dataset: Dataset) -> pd.DataFrame:
    """One row per thing that was found in the file."""
    facts = [("Format", _FORMATS[dataset.source_format]), *reading_facts(dataset.reading)]
    return pd.DataFrame(facts, columns=["What", "As read"])


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
