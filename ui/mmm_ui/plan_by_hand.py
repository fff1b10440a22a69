"""A plan that people fill in themselves, period by period."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from mmm.optimizer.v1.optimizer_pb2 import PlanSettings
from mmm.optimizer.v1.optimizer_service_pb2 import EvaluatePlanRequest
from mmm_client.plan_files import read_plan_csv
from mmm_core.errors import InvalidInput, Violation
from mmm_ui.access import client
from mmm_ui.plan_asking import asked, show_answer
from mmm_ui.plan_context import PlanContext, horizon_of
from mmm_ui.plan_rows import spends_of

_GRID_HEIGHT = 420


def plan_by_hand(context: PlanContext, settings: PlanSettings) -> None:
    """Let people fill in a plan and show what it comes to."""
    periods = settings.horizon_periods
    st.caption(
        "Money per period and channel. It begins with the last year's level; cells can be pasted from a "
        "spreadsheet. In a panel, a channel's money goes to the cells as in the last year."
    )
    file = st.file_uploader(
        "Or fill it from a CSV file",
        type=["csv"],
        key=context.key("plan file"),
        help="One row per period, one column per channel, headed by its name in the configuration, as in the "
        "file that a plan's download gives.",
    )
    amounts = usual_amounts(context, periods)
    if file is not None:
        try:
            text = file.getvalue().decode("utf-8-sig", "replace")
            amounts = amounts_of_file(text, file.name, list(context.channels), periods)
        except InvalidInput as error:
            st.error("\n".join(f"- {violation}" for violation in error.violations), icon=":material/error:")
            return
    dates = [period.date for period in horizon_of(context.fit, periods).plan.periods]
    grid = st.data_editor(
        amounts.set_index(pd.Index(dates, name="Period")),
        height=_GRID_HEIGHT,
        column_config={
            slug: st.column_config.NumberColumn(name, min_value=0.0, format="localized")
            for slug, name in context.channels.items()
        },
        key=context.key(f"grid {periods} {file.file_id if file else ''}"),
    )
    question = EvaluatePlanRequest(fit=context.fit, spends=spends_of(grid), settings=settings)
    kept = asked(context, "by hand", question, "What does it come to?", client().ask_for_plan)
    if kept is not None:
        show_answer(*kept, "by hand")


def usual_amounts(context: PlanContext, periods: int) -> pd.DataFrame:
    """Money per period at the last year's level; slugs in the columns."""
    return pd.DataFrame({slug: [money] * periods for slug, money in context.level.items()})


def amounts_of_file(text: str, name: str, channels: Sequence[str], periods: int) -> pd.DataFrame:
    """Read money per period from a CSV file; channels it does not have get nothing.

    Raises
    ------
    InvalidInput
        Naming every cell that is no number, every unknown channel and a wrong number of periods.
    """
    spends = {row.channel: list(row.spend) for row in read_plan_csv(text, name)}
    problems = [
        Violation(
            f"{name}, {slug}",
            "is not a channel of the fit.",
            f"Use the names {', '.join(channels)}.",
            code="UNKNOWN_CHANNEL",
        )
        for slug in spends
        if slug not in channels
    ]
    found = len(next(iter(spends.values()), []))
    if found != periods:
        fix = f"Set the field “Periods” to {found}, or give {periods} rows."
        problems.append(
            Violation(name, f"has {found} periods, the plan {periods}.", fix, code="WRONG_LENGTH")
        )
    if problems:
        raise InvalidInput(problems)
    return pd.DataFrame({slug: spends.get(slug, [0.0] * periods) for slug in channels})
