"""Tables of what is known of a fit beside its media: signals, and lift tests."""

from rich.markup import escape
from rich.table import Table

from mmm.analysis.v1.analysis_pb2 import LiftTestResult, SignalEffect
from mmm.analysis.v1.analysis_service_pb2 import GetLiftTestsResponse, GetSignalEffectsResponse
from mmm_client.cli.message_cells import optional
from mmm_client.cli.numbers import compact, interval, interval_name, percent
from mmm_client.cli.tables import ABSENT, median, plain_table


def signal_table(answer: GetSignalEffectsResponse) -> Table:
    """What one more of each competitor, control and event brings."""
    name = interval_name(answer.effects[0].per_unit)
    table = plain_table(
        "Competitors, controls and events",
        f"Medians in {answer.units.kpi_display_name}, carryover included; events per period.",
    )
    table.add_column("Signal", overflow="fold", max_width=28)
    for heading in ("One unit more", name, "One deviation more", "Deviation", "Raises KPI", "Half-life"):
        table.add_column(heading, justify="right")
    for effect in answer.effects:
        table.add_row(*_signal_row(effect))
    return table


def _signal_row(effect: SignalEffect) -> list[str]:
    return [
        escape(effect.display_name),
        compact(effect.per_unit.median),
        interval(effect.per_unit),
        median(optional(effect, "per_standard_deviation")),
        compact(effect.standard_deviation) if effect.HasField("standard_deviation") else ABSENT,
        percent(effect.positive_probability),
        f"{effect.half_life_periods.median:.1f}" if effect.HasField("half_life_periods") else ABSENT,
    ]


def lift_test_table(answer: GetLiftTestsResponse) -> Table:
    """What every lift test measured beside what the fit ascribes to it."""
    table = plain_table(
        "Lift tests, measured beside modelled",
        f"In {answer.units.kpi_display_name}. Distance: measured less modelled, in their joint deviation.",
    )
    table.add_column("Test", overflow="fold", max_width=40)
    for heading in ("Spend change", "Measured", "± error", "Modelled", "Interval", "Distance"):
        table.add_column(heading, justify="right")
    for test in answer.lift_tests:
        table.add_row(*_test_row(test))
    return table


def _test_row(test: LiftTestResult) -> list[str]:
    modelled = optional(test, "modelled_lift")
    return [
        escape(test.display_name),
        compact(test.spend_change),
        compact(test.measured_lift),
        compact(test.standard_error),
        median(modelled),
        interval(modelled) if modelled else ABSENT,
        f"{test.distance:+.1f}" if test.HasField("distance") else ABSENT,
    ]
