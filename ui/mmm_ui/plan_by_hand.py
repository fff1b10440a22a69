"""A plan that people fill in themselves, period by period, in a panel also cell by cell."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from mmm.optimizer.v1.optimizer_pb2 import BudgetPlan, PlanSettings
from mmm.optimizer.v1.optimizer_service_pb2 import EvaluatePlanRequest
from mmm_client.plan_files import read_plan_csv
from mmm_core.errors import InvalidInput, Violation
from mmm_ui.access import client
from mmm_ui.plan_asking import asked, show_answer
from mmm_ui.plan_context import PlanContext, horizon_of
from mmm_ui.plan_rows import spends_of
from mmm_ui.state import answer

_GRID_HEIGHT = 420
PERIOD = "Period"


def plan_by_hand(context: PlanContext, settings: PlanSettings) -> None:
    """Let people fill in a plan and show what it comes to."""
    st.caption(
        "Money per period and channel. It begins with the last year's level; cells can be pasted from a "
        "spreadsheet."
    )
    by_cell = bool(context.cells) and st.toggle(
        "By cell of the panel",
        key=context.key("hand by cell"),
        help="Else a channel's money goes to the cells as in the last year.",
    )
    amounts = _amounts(context, settings.horizon_periods, by_cell=by_cell)
    if amounts is None:
        return
    table, source = amounts
    dimensions = [dimension for dimension in context.cells if dimension in table.columns]
    grid = st.data_editor(
        table,
        hide_index=True,
        height=_GRID_HEIGHT,
        disabled=[PERIOD, *dimensions],
        column_config={
            slug: st.column_config.NumberColumn(name, min_value=0.0, format="localized")
            for slug, name in context.channels.items()
        },
        key=context.key(f"grid {settings.horizon_periods} {by_cell} {source}"),
    )
    spends = spends_of(grid, context.channels, dimensions)
    question = EvaluatePlanRequest(fit=context.fit, spends=spends, settings=settings)
    kept = asked(context, "by hand", question, "What does it come to?", client().ask_for_plan)
    if kept is not None:
        show_answer(*kept, "by hand")


def _amounts(context: PlanContext, periods: int, *, by_cell: bool) -> tuple[pd.DataFrame, str] | None:
    """What the grid begins with, and what tells it from another file's; None when a file is wrong."""
    file = st.file_uploader(
        "Or fill it from a CSV file",
        type=["csv"],
        key=context.key("plan file"),
        help="One row per period, one column per channel, headed by its name in the configuration, as in the "
        "file that a plan's download gives. For the cells of a panel one row per period and cell, with a "
        "column for each dimension.",
    )
    dates = [period.date for period in horizon_of(context.fit, periods).plan.periods]
    if file is None:
        return usual_amounts(context, dates, by_cell=by_cell), ""
    try:
        text = file.getvalue().decode("utf-8-sig", "replace")
        return amounts_of_file(text, file.name, context, dates), file.file_id
    except InvalidInput as error:
        st.error("\n".join(f"- {violation}" for violation in error.violations), icon=":material/error:")
        return None


def usual_amounts(context: PlanContext, dates: Sequence[str], *, by_cell: bool) -> pd.DataFrame:
    """Money per period at the last year's level; slugs in the columns, and dimensions if by cell."""
    usual = pd.DataFrame(
        {PERIOD: dates, **{slug: [money] * len(dates) for slug, money in context.level.items()}}
    )
    if not by_cell:
        return usual
    spends = spends_of(usual, context.channels)
    settings = PlanSettings(horizon_periods=len(dates))
    question = EvaluatePlanRequest(fit=context.fit, spends=spends, settings=settings)
    plan = answer(("usual plan", context.fit, len(dates)), lambda: client().ask_for_plan(question).plan)
    return _by_cell(plan, list(context.cells), dates)


def _by_cell(plan: BudgetPlan, dimensions: Sequence[str], dates: Sequence[str]) -> pd.DataFrame:
    """Money per period and cell of a plan that spends the same in every period."""
    slugs = [channel.name for channel in plan.allocations]
    return pd.DataFrame(
        {
            PERIOD: date,
            **dict(zip(dimensions, cell.labels, strict=True)),
            **{slug: money / len(dates) for slug, money in zip(slugs, cell.spend, strict=True)},
        }
        for date in dates
        for cell in plan.cells
    )


def amounts_of_file(text: str, name: str, context: PlanContext, dates: Sequence[str]) -> pd.DataFrame:
    """Read money per period from a CSV file; channels it does not have get nothing.

    Raises
    ------
    InvalidInput
        Naming every field that is no number, every unknown channel and a wrong number of periods.
    """
    rows = read_plan_csv(text, name, list(context.cells))
    problems = [
        Violation(
            f"{name}, {slug}",
            "is not a channel of the fit.",
            f"Use the names {', '.join(context.channels)}.",
            code="UNKNOWN_CHANNEL",
        )
        for slug in dict.fromkeys(row.channel for row in rows)
        if slug not in context.channels
    ]
    for cell, found in {tuple(row.cell): len(row.spend) for row in rows}.items():
        if found != len(dates):
            where = ", ".join([name, *cell])
            fix = f"Set the field “Periods” to {found}, or give {len(dates)} rows."
            wrong = f"has {found} periods, the plan {len(dates)}."
            problems.append(Violation(where, wrong, fix, code="WRONG_LENGTH"))
    if problems:
        raise InvalidInput(problems)
    tables = []
    for cell in dict.fromkeys(tuple(row.cell) for row in rows):
        spends = {row.channel: list(row.spend) for row in rows if tuple(row.cell) == cell}
        labels = dict(zip(context.cells, cell, strict=False))
        money = {slug: spends.get(slug, [0.0] * len(dates)) for slug in context.channels}
        tables.append(pd.DataFrame({PERIOD: dates, **labels, **money}))
    return pd.concat(tables, ignore_index=True)
