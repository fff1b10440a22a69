"""Limits of a plan that people make lists of: groups, ratios, periods and cells."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from mmm.optimizer.v1.optimizer_pb2 import CellBudget, ChannelRatio, GroupBounds, PeriodBudget
from mmm_ui.plan_context import PlanContext
from mmm_ui.plan_rows import cell_budgets_of, groups_of, period_budgets_of, ratios_of

LIMITS = ("At least", "At most")
PERCENT_LIMITS = ("At least %", "At most %")
EMPTY = "–"
"""What stands in a cell without a number."""


def groups(context: PlanContext) -> list[GroupBounds]:
    """Ask for limits of several channels together."""
    st.caption("Limits of several channels together, in money or in percent of the budget.")
    channels = st.column_config.MultiselectColumn(
        options=list(context.channels), format_func=context.channels.__getitem__
    )
    columns = {"Name": str, "Channels": object, **dict.fromkeys((*LIMITS, *PERCENT_LIMITS), float)}
    return groups_of(_list(context, "groups", columns, {"Channels": channels, **amounts(LIMITS)}))


def ratios(context: PlanContext) -> list[ChannelRatio]:
    """Ask for limits of a channel as a multiple of another."""
    st.caption("Limits of a channel as a multiple of another: at least 0.5 times, at most 2 times as much.")
    channel = st.column_config.SelectboxColumn(
        options=list(context.channels), format_func=lambda slug: context.channels[str(slug)]
    )
    columns = {"Channel": str, "Compared with": str, **dict.fromkeys(LIMITS, float)}
    return ratios_of(_list(context, "ratios", columns, {"Channel": channel, "Compared with": channel}))


def period_budgets(context: PlanContext, periods: int) -> list[PeriodBudget]:
    """Ask for limits of some periods."""
    st.caption(
        f"Limits of all channels together in some periods, counted from 1 to {periods}. Each range gets a "
        "split of its own."
    )
    place = st.column_config.NumberColumn(min_value=1, max_value=periods, step=1)
    columns = {"From period": float, "To period": float, **dict.fromkeys(LIMITS, float)}
    config = {"From period": place, "To period": place, **amounts(LIMITS)}
    return period_budgets_of(_list(context, "period budgets", columns, config))


def cell_budgets(context: PlanContext) -> list[CellBudget]:
    """Ask for limits of some cells of a panel."""
    st.caption("Limits of all channels together in some cells; without labels, all of a dimension are meant.")
    labels = {
        dimension: st.column_config.MultiselectColumn(options=names)
        for dimension, names in context.cells.items()
    }
    columns = {**dict.fromkeys(context.cells, object), **dict.fromkeys(LIMITS, float)}
    table = _list(context, "cell budgets", columns, {**labels, **amounts(LIMITS)})
    return cell_budgets_of(table, list(context.cells))


def amounts(columns: Sequence[str]) -> dict[str, Any]:
    """Columns of money."""
    return {name: st.column_config.NumberColumn(min_value=0.0, format="localized") for name in columns}


def _list(
    context: PlanContext, what: str, columns: Mapping[str, type], config: Mapping[str, Any]
) -> pd.DataFrame:
    """Ask for a list of any length."""
    empty = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})
    return st.data_editor(
        empty,
        num_rows="dynamic",
        hide_index=True,
        placeholder=EMPTY,
        column_config=dict(config),
        key=context.key(what),
    )
