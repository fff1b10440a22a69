"""Scenarios as tables."""

from collections.abc import Iterable

from rich.markup import escape
from rich.table import Table

from mmm.optimizer.v1.optimizer_service_pb2 import ComparedScenario, CompareScenariosResponse, Scenario
from mmm_client.cli.numbers import compact, interval, interval_name, percent
from mmm_client.cli.tables import ABSENT, plain_table
from mmm_client.scenario_words import not_compared


def scenario_table(scenarios: Iterable[Scenario]) -> Table:
    """One row per scenario of a list."""
    table = plain_table("Scenarios", "Gain: mean, carryover included.")
    for heading in ("Scenario", "Fit", "Made"):
        table.add_column(heading, overflow="fold")
    for heading in ("Budget", "Periods", "Gain"):
        table.add_column(heading, justify="right")
    for one in scenarios:
        table.add_row(
            f"{escape(one.display_name)}\n[dim]{escape(_last_part(one.name))}[/]",
            escape(_last_part(one.fit)),
            f"{one.create_time.ToDatetime():%Y-%m-%d}",
            f"{compact(one.plan.total_budget)} {escape(one.units.currency)}".rstrip(),
            str(one.plan.horizon_periods),
            f"{compact(one.plan.outcome.mean)} {escape(one.units.kpi_display_name)}",
        )
    return table


def outcome_table(found: CompareScenariosResponse) -> Table:
    """One row per compared scenario, with its outcome against the first one's."""
    first = found.scenarios[0].scenario.plan.outcome
    table = plain_table(
        "Against the first scenario",
        "Gain and difference: means. The difference is taken in every draw, as is the chance to gain more.",
    )
    table.add_column("")
    table.add_column("Scenario", overflow="fold")
    for heading in ("Budget", "Gain", "Difference", interval_name(first), "Chance of more"):
        table.add_column(heading, justify="right", overflow="fold")
    for number, one in enumerate(found.scenarios, start=1):
        plan = one.scenario.plan
        table.add_row(
            str(number),
            escape(one.scenario.display_name),
            compact(plan.total_budget),
            compact(plan.outcome.mean),
            *_against_first(one),
        )
    return table


def _against_first(one: ComparedScenario) -> list[str]:
    if not one.HasField("outcome_difference"):
        return [not_compared(one) or ABSENT, "", ""]
    difference = one.outcome_difference
    return [compact(difference.mean), interval(difference), percent(one.larger_probability)]


def spend_table(found: CompareScenariosResponse) -> Table:
    """One row per channel, one column per scenario."""
    table = plain_table("Spend")
    table.add_column("Channel", overflow="fold")
    for number in range(len(found.scenarios)):
        table.add_column(str(number + 1), justify="right")
    for channel in found.spends:
        table.add_row(
            escape(channel.display_name or channel.name), *(compact(money) for money in channel.spend)
        )
    return table


def setting_table(found: CompareScenariosResponse) -> Table:
    """One row per setting that differs, one column per scenario."""
    table = plain_table("Settings that differ")
    table.add_column("Setting", overflow="fold")
    for number in range(len(found.scenarios)):
        table.add_column(str(number + 1), overflow="fold")
    for setting in found.settings:
        table.add_row(escape(setting.field), *(escape(value) or ABSENT for value in setting.values))
    return table


def _last_part(name: str) -> str:
    return name.rpartition("/")[2]
