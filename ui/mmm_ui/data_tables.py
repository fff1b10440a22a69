"""A description of a dataset as data frames for charts."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from mmm.data.v1.data_service_pb2 import DescribeDatasetResponse


def series_table(answer: DescribeDatasetResponse, columns: Sequence[str]) -> pd.DataFrame:
    """One row per date, column and label, for the columns asked for."""
    dates = pd.to_datetime(list(answer.dates))
    frames = [
        pd.DataFrame(
            {"date": dates, "column": one.column, "label": one.label or "All", "value": list(one.values)}
        )
        for one in answer.series
        if one.column in columns
    ]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def histogram_table(answer: DescribeDatasetResponse, columns: Sequence[str]) -> pd.DataFrame:
    """One row per bin and column, for the columns asked for."""
    frames = [
        pd.DataFrame(
            {"column": one.column, "from": one.edges[:-1], "to": one.edges[1:], "rows": list(one.counts)}
        )
        for one in answer.histograms
        if one.column in columns
    ]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def spend_table(answer: DescribeDatasetResponse) -> pd.DataFrame:
    """One row per channel and span; the whole data are called Total."""
    return pd.DataFrame(
        [
            {
                "channel": one.display_name or one.channel,
                "span": one.span or "Total",
                "spend": one.spend,
                "share": one.share,
            }
            for one in answer.spend_shares
        ]
    )


def correlation_table(answer: DescribeDatasetResponse) -> pd.DataFrame:
    """One row per pair of columns."""
    columns = list(answer.correlations.columns)
    matrix = np.array(answer.correlations.values).reshape(len(columns), len(columns))
    pairs = pd.DataFrame(matrix, index=columns, columns=columns).rename_axis("first").reset_index()
    return pairs.melt("first", var_name="second", value_name="correlation").dropna()


def missing_table(answer: DescribeDatasetResponse) -> pd.DataFrame:
    """One row per column with empty cells, most first."""
    gaps = sorted((one for one in answer.missing if one.count), key=lambda one: -one.count)
    return pd.DataFrame(
        [
            {"Column": one.column, "Empty cells": one.count, "Share": one.count / answer.row_count}
            for one in gaps
        ]
    )


def lag_table(answer: DescribeDatasetResponse) -> pd.DataFrame:
    """One row per medium."""
    return pd.DataFrame(
        [
            {"Medium": one.column, "KPI follows after (periods)": one.lag, "Correlation": one.correlation}
            for one in answer.best_lags
        ]
    )
