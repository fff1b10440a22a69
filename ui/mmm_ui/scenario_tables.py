"""Scenarios as data frames for tables and charts."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from mmm.common.v1.common_pb2 import Estimate
from mmm.optimizer.v1.optimizer_service_pb2 import ComparedScenario, CompareScenariosResponse, Scenario
from mmm_client.scenario_words import not_compared
from mmm_ui.state import made
from mmm_ui.wording import short


def scenario_labels(scenarios: Iterable[Scenario]) -> dict[str, str]:
    """How scenarios are called, by resource name; those that share a name are told apart by their ids."""
    named = list(scenarios)
    given = [one.display_name for one in named]
    return {
        one.name: one.display_name
        if given.count(one.display_name) == 1
        else f"{one.display_name} ({_last_part(one.name)})"
        for one in named
    }


def scenario_table(scenarios: Sequence[Scenario]) -> pd.DataFrame:
    """One row per scenario."""
    return pd.DataFrame(
        [
            {
                "Scenario": label,
                "Note": one.note,
                "Budget": round(one.plan.total_budget, 2),
                "Periods": one.plan.horizon_periods,
                "Gained on average": f"{_on_average(one.plan.outcome)} {one.units.kpi_display_name}",
                "Fit": _last_part(one.fit),
                "Made": made(one),
            }
            for one, label in zip(scenarios, scenario_labels(scenarios).values(), strict=True)
        ]
    )


def outcome_table(found: CompareScenariosResponse, labels: Mapping[str, str]) -> pd.DataFrame:
    """One row per compared scenario, with its outcome against the first one's."""
    return pd.DataFrame(
        [
            {
                "Scenario": labels[one.scenario.name],
                "Budget": round(one.scenario.plan.total_budget, 2),
                "Gained": _on_average(one.scenario.plan.outcome),
                "More than the first": _against_first(one),
                "Chance of more": one.larger_probability if one.HasField("larger_probability") else None,
            }
            for one in found.scenarios
        ]
    )


def _against_first(one: ComparedScenario) -> str:
    if not one.HasField("outcome_difference"):
        return not_compared(one)
    return _on_average(one.outcome_difference)


def _on_average(estimate: Estimate) -> str:
    return f"{short(estimate.mean)} ({short(estimate.lower)} – {short(estimate.upper)})"


def outcome_points(found: CompareScenariosResponse, labels: Mapping[str, str]) -> pd.DataFrame:
    """Outcome of every compared scenario."""
    plans = [(labels[one.scenario.name], one.scenario.plan.outcome) for one in found.scenarios]
    return pd.DataFrame(
        [
            {"scenario": label, "mean": outcome.mean, "lower": outcome.lower, "upper": outcome.upper}
            for label, outcome in plans
        ]
    )


def spends(found: CompareScenariosResponse, labels: Mapping[str, str]) -> pd.DataFrame:
    """Spend by channel and scenario, one row each."""
    return pd.DataFrame(
        [
            {
                "channel": channel.display_name or channel.name,
                "scenario": labels[one.scenario.name],
                "spend": money,
            }
            for channel in found.spends
            for one, money in zip(found.scenarios, channel.spend, strict=True)
        ]
    )


def setting_table(found: CompareScenariosResponse, labels: Mapping[str, str]) -> pd.DataFrame:
    """One row per setting that differs, one column per scenario."""
    names = [labels[one.scenario.name] for one in found.scenarios]
    return pd.DataFrame(
        [{"Setting": one.field, **dict(zip(names, one.values, strict=True))} for one in found.settings]
    )


def _last_part(name: str) -> str:
    return name.rpartition("/")[2]
