"""The part of the upload page that draws what is in a dataset."""

import streamlit as st

from mmm.data.v1.data_pb2 import COLUMN_TYPE_TEXT, Dataset
from mmm.data.v1.data_service_pb2 import DescribeDatasetResponse
from mmm_client.errors import FailedPrecondition
from mmm_core.config import ModelConfig, config_from_proto
from mmm_ui import data_charts
from mmm_ui.access import client
from mmm_ui.data_tables import (
    correlation_table,
    histogram_table,
    lag_table,
    missing_table,
    series_table,
    spend_table,
)
from mmm_ui.state import answer

_SHOWN_FIRST = 4


def describe(dataset: Dataset) -> None:
    """Draw series, spend, distributions, correlations and empty cells."""
    st.subheader("What is in the data")
    config = _suggested(dataset)
    description = answer(("description", dataset.name), lambda: client().describe(dataset.name, config))
    over_time, spend, spread, together, empty = st.tabs(
        ["Over time", "Spend", "Distributions", "Correlations", "Empty cells"]
    )
    with over_time:
        _series(dataset, config, description)
    with spend:
        _spend(description)
    with spread:
        _histograms(description)
    with together:
        _correlations(description)
    with empty:
        _missing(description)
    for note in description.notes:
        st.caption(note)


def _suggested(dataset: Dataset) -> ModelConfig | None:
    """What the columns seem to be; None when that cannot be said."""
    try:
        suggestion = answer(("suggestion", dataset.name, None), lambda: client().suggest_config(dataset.name))
    except FailedPrecondition:
        return None
    return config_from_proto(suggestion.config)


def _series(dataset: Dataset, config: ModelConfig | None, description: DescribeDatasetResponse) -> None:
    columns = _choose_columns(description, "series")
    texts = [column.name for column in dataset.columns if column.type == COLUMN_TYPE_TEXT]
    dimension = st.selectbox("Split by", ["", *texts]) if config and config.dimensions else ""
    if not description.dates or not columns:
        st.info("Nothing to show.", icon=":material/info:")
        return
    shown = description
    if dimension:
        key = ("description", dataset.name, dimension, *columns)
        shown = answer(
            key, lambda: client().describe(dataset.name, config, columns=columns, dimension=dimension)
        )
        for note in shown.notes:
            st.caption(note)
    st.altair_chart(data_charts.series(series_table(shown, columns)))


def _spend(description: DescribeDatasetResponse) -> None:
    table = spend_table(description)
    if table.empty:
        st.info("No column looks like spend.", icon=":material/info:")
        return
    st.caption("Channels as suggested; their roles can be changed on the page “Configure”.")
    st.altair_chart(data_charts.spend_shares(table))


def _histograms(description: DescribeDatasetResponse) -> None:
    table = histogram_table(description, _choose_columns(description, "histograms"))
    if not table.empty:
        st.altair_chart(data_charts.histograms(table))


def _correlations(description: DescribeDatasetResponse) -> None:
    table = correlation_table(description)
    if table.empty:
        st.info("Nothing to show.", icon=":material/info:")
        return
    st.altair_chart(data_charts.correlations(table))
    lags = lag_table(description)
    if not lags.empty:
        st.caption("Where the KPI moves most with each medium before it. This is no proof of an effect.")
        st.dataframe(lags, hide_index=True)


def _missing(description: DescribeDatasetResponse) -> None:
    table = missing_table(description)
    if table.empty:
        st.success("No cell is empty.", icon=":material/check:")
        return
    st.dataframe(
        table, hide_index=True, column_config={"Share": st.column_config.NumberColumn(format="percent")}
    )


def _choose_columns(description: DescribeDatasetResponse, key: str) -> list[str]:
    names = list(dict.fromkeys(one.column for one in description.missing))
    return st.multiselect("Columns", names, default=names[:_SHOWN_FIRST], key=f"{key}-columns")
