"""Scenarios as they go over the wire; no decisions here."""

from collections.abc import Sequence

from mmm.analysis.v1 import analysis_pb2
from mmm.optimizer.v1 import optimizer_pb2, scenario_pb2
from mmm.optimizer.v1 import optimizer_service_pb2 as wire
from mmm_core.messages import estimate_to_proto, timestamp_to_proto
from mmm_optimizer.question_messages import question_of, read_stored, stored_question
from mmm_optimizer.scenario_comparison import DrawComparison, OutcomeDifference, ScenarioComparison
from mmm_optimizer.scenario_plans import Rerun
from mmm_optimizer.scenarios import ScenarioDraft, StoredScenario

# Parts of a plan that are left out where several scenarios share a message.
_LONG_PARTS = frozenset({"periods", "cells"})
_LISTED_WITHOUT = _LONG_PARTS | {"allocations"}
_DRAWS = {
    DrawComparison.FIRST: scenario_pb2.DRAW_COMPARISON_UNSPECIFIED,
    DrawComparison.JOINT: scenario_pb2.DRAW_COMPARISON_JOINT,
    DrawComparison.OTHER_FIT: scenario_pb2.DRAW_COMPARISON_OTHER_FIT,
    DrawComparison.FIT_DELETED: scenario_pb2.DRAW_COMPARISON_FIT_DELETED,
    DrawComparison.FIT_CHANGED: scenario_pb2.DRAW_COMPARISON_FIT_CHANGED,
}


def draft_from_wire(scenario: wire.Scenario) -> ScenarioDraft:
    """Read what a caller says about a scenario."""
    return ScenarioDraft(scenario.display_name, scenario.note, question_of(scenario))


def scenario_to_wire(stored: StoredScenario) -> wire.Scenario:
    """Write a scenario; raises `FailedPrecondition` when its question cannot be read."""
    record = stored.record
    message = _without_question(stored, frozenset())
    question = stored_question(record.question_kind, record.question)
    getattr(message, record.question_kind).CopyFrom(question)
    return message


def page_to_wire(page: Sequence[StoredScenario], next_page_token: str) -> wire.ListScenariosResponse:
    """Write scenarios in short."""
    return wire.ListScenariosResponse(
        scenarios=[_without_question(stored, _LISTED_WITHOUT) for stored in page],
        next_page_token=next_page_token,
    )


def rerun_to_wire(rerun: Rerun) -> wire.RerunScenarioResponse:
    """Write a plan that was made again."""
    made, change = rerun.made, rerun.change
    return wire.RerunScenarioResponse(
        plan=made.plan,
        target=made.target,
        units=made.units,
        same=change.is_none,
        largest_spend_difference=change.spend,
        largest_outcome_difference=change.outcome,
        same_fit=rerun.is_same_fit,
        library_versions=made.library_versions,
    )


def comparison_to_wire(
    scenarios: Sequence[StoredScenario], comparison: ScenarioComparison
) -> wire.CompareScenariosResponse:
    """Write what scenarios differ in."""
    return wire.CompareScenariosResponse(
        scenarios=[
            _compared(stored, outcome) for stored, outcome in zip(scenarios, comparison.outcomes, strict=True)
        ],
        settings=[
            scenario_pb2.SettingDifference(field=one.field, values=one.values) for one in comparison.settings
        ],
        spends=[
            scenario_pb2.ScenarioSpend(name=one.name, display_name=one.label, spend=one.spend)
            for one in comparison.spends
        ],
    )


def _compared(stored: StoredScenario, outcome: OutcomeDifference) -> wire.ComparedScenario:
    difference = outcome.difference
    return wire.ComparedScenario(
        scenario=_without_question(stored, _LONG_PARTS),
        draw_comparison=_DRAWS[outcome.draws],
        outcome_difference=None if difference is None else estimate_to_proto(difference),
        larger_probability=outcome.larger_probability,
    )


def _without_question(stored: StoredScenario, left_out: frozenset[str]) -> wire.Scenario:
    record = stored.record
    plan = {field: value for field, value in record.plan.items() if field not in left_out}
    target = record.target
    return wire.Scenario(
        name=record.name,
        display_name=record.display_name,
        note=record.note,
        fit=record.fit,
        fit_digest=record.fit_digest,
        plan=read_stored(plan, optimizer_pb2.BudgetPlan()),
        target=None if target is None else read_stored(target, scenario_pb2.TargetResult()),
        units=read_stored(record.units, analysis_pb2.Units()),
        library_versions=record.library_versions,
        create_time=timestamp_to_proto(record.create_time),
        update_time=timestamp_to_proto(record.update_time),
        etag=stored.etag,
    )
