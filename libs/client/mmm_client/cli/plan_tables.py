"""Plans as lines and tables."""

from collections.abc import Iterator

from rich.markup import escape
from rich.table import Table

from mmm.optimizer.v1.optimizer_service_pb2 import GetFrontierResponse
from mmm_client.cli.numbers import compact, interval, interval_name, percent
from mmm_client.cli.summaries import plan_lines
from mmm_client.cli.tables import ABSENT, plain_table
from mmm_client.plan_words import certificate_sentence, goal_of_question, technical_figures
from mmm_client.plans import PlanAnswer, PlanQuestion

MOST_PERIODS = 60
"""Periods a table shows; all of them are in the files."""


def answer_lines(question: PlanQuestion, answer: PlanAnswer) -> Iterator[str]:
    """What a plan brings, how good it is, and which limits hold it or are broken by it."""
    plan = answer.plan
    if plan.HasField("reference_outcome"):
        yield from plan_lines(answer)
    else:
        yield (
            f"The plan gains {compact(plan.outcome.mean)} {escape(answer.units.kpi_display_name)} "
            f"({interval_name(plan.outcome)} {interval(plan.outcome)})."
        )
    if plan.HasField("roi"):
        yield f"ROI of the budget {compact(plan.roi.median)} ({interval(plan.roi)})."
    if plan.HasField("cost_per_unit"):
        cost = plan.cost_per_unit
        name = escape(answer.units.kpi_display_name)
        yield f"Cost per {name} {compact(cost.median)} ({interval(cost)})."
    if plan.binding_constraints:
        meanings = "; ".join(one.meaning for one in plan.binding_constraints)
        yield f"Held by its limits: {escape(meanings)}."
    if plan.violated_constraints:
        meanings = "; ".join(one.meaning for one in plan.violated_constraints)
        yield f"[yellow]Limits it does not keep:[/] {escape(meanings)}."
    if sentence := certificate_sentence(plan, answer.units, goal_of_question(question)):
        yield escape(sentence)
        figures = technical_figures(plan.solver)
        yield "[dim]" + escape(" · ".join(f"{name}: {figure}" for name, figure in figures.items())) + "[/]"


def period_table(answer: PlanAnswer) -> Table:
    """One row per period."""
    plan = answer.plan
    shown = plan.periods[:MOST_PERIODS]
    more = len(plan.periods) - len(shown)
    after = plan.outcome_after_horizon
    caption = f"After the horizon, by carryover: {compact(after.mean)} ({interval(after)})."
    if more:
        caption += f" {more} more periods are in the files of --output."
    table = plain_table("Period by period", caption)
    table.add_column("Period")
    for heading in (*(escape(one.display_name) for one in plan.allocations), "Gain", interval_name(after)):
        table.add_column(heading, justify="right", overflow="fold")
    for period in shown:
        gain = [compact(period.outcome.mean), interval(period.outcome)]
        table.add_row(period.date, *(compact(money) for money in period.spend), *gain)
    return table


def cell_table(answer: PlanAnswer) -> Table:
    """One row per cell of a panel."""
    plan = answer.plan
    table = plain_table("Cells")
    table.add_column("Cell")
    for channel in plan.allocations:
        table.add_column(escape(channel.display_name), justify="right", overflow="fold")
    for cell in plan.cells:
        table.add_row(escape(" / ".join(cell.labels)), *(compact(money) for money in cell.spend))
    return table


def frontier_table(found: GetFrontierResponse) -> Table:
    """One row per budget."""
    units = found.units
    caption = (
        "The best plan of every budget. Next unit: value of the next unit of money, in KPI units when the "
        f"KPI has no value. Could be better by at most: proved. Money in {units.currency}."
    )
    table = plain_table(f"{escape(units.kpi_display_name)} against budget", caption)
    estimate = found.points[0].outcome
    for heading in ("Budget", "Gain", interval_name(estimate), "Next unit", "Better by at most"):
        table.add_column(heading, justify="right")
    for point in found.points:
        table.add_row(
            compact(point.budget),
            compact(point.outcome.mean),
            interval(point.outcome),
            compact(point.marginal_return.mean),
            _gap(point.utility, point.upper_bound) if point.HasField("upper_bound") else ABSENT,
        )
    return table


def _gap(utility: float, bound: float) -> str:
    return percent((bound - utility) / abs(utility)) if utility else ABSENT
