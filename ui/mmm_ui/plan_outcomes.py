"""Other outcomes that count in a plan too, each explained by a fit of its own."""

import streamlit as st

from mmm.analysis.v1.analysis_pb2 import CombinedOutcome
from mmm.optimizer.v1.optimizer_pb2 import PlanSettings
from mmm_ui.outcome_values import choose_value
from mmm_ui.plan_context import PlanContext
from mmm_ui.state import MOST_FITS, distinct, fits_newest_first, label_of

_COLUMNS = 3


def other_outcomes(context: PlanContext, settings: PlanSettings) -> None:
    """Ask which other fits count, and what a unit of each KPI is worth, and write it into the settings."""
    st.caption(
        "The same money may bring several outcomes, like sales and sign-ups, each with a fit of its own. "
        "What is planned is then what all of them are worth; the money counts once. The fits need the same "
        "channels, the same spend in the last year and the same last period."
    )
    fits = {fit.name: fit for fit in fits_newest_first(finished_only=True) if fit.name != context.fit}
    labels = distinct({name: label_of(fit) for name, fit in fits.items()})
    chosen = st.multiselect(
        "Fits of the other outcomes",
        list(labels),
        max_selections=MOST_FITS - 1,
        format_func=labels.__getitem__,
        key=context.key("also"),
    )
    if not chosen:
        return
    columns = st.columns(_COLUMNS)
    own = choose_value(columns[0], context.fit, "This fit", context.key("own value"))
    if own is not None:
        settings.value_per_unit = own
    for place, name in enumerate(chosen, start=1):
        value = choose_value(columns[place % _COLUMNS], name, labels[name], context.key(f"value {name}"))
        settings.also.append(CombinedOutcome(fit=name, value_per_unit=value))
