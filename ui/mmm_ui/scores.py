"""How well withheld periods were foretold: the same columns on every page."""

import pandas as pd
import streamlit as st

from mmm.fitting.v1.fitting_pb2 import Holdout
from mmm_ui.forecast_tables import holdout_table

SCORES_EXPLAINED = (
    "MAPE: mean absolute error as a share of the KPI. CRPS: how far the whole predictive distribution is "
    "from what happened, in KPI units; smaller is better. Naive: every period repeats that of the last "
    "season."
)


def score_table(table: pd.DataFrame) -> None:
    """Draw a table with columns of scores."""
    share, amount = (st.column_config.NumberColumn(format=name) for name in ("percent", "compact"))
    columns = [str(column) for column in table]
    formats = dict.fromkeys((name for name in columns if name.endswith(("MAPE", "interval"))), share)
    formats |= dict.fromkeys((name for name in columns if name.endswith("CRPS")), amount)
    st.dataframe(table, hide_index=True, column_config=formats)


def withheld(holdout: Holdout) -> None:
    """Draw how well the periods a fit did not see were foretold."""
    st.subheader("Withheld periods")
    st.caption(
        f"{holdout.period_count} periods, {holdout.window.start} to {holdout.window.end}. {SCORES_EXPLAINED}"
    )
    score_table(holdout_table(holdout))
