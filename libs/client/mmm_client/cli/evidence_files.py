"""What is known of a fit beside its media, as files: signals, and lift tests."""

from collections.abc import Iterable
from pathlib import Path

from mmm.analysis.v1.analysis_pb2 import LiftTestResult, SignalEffect
from mmm_client.cli.csv_files import write_csv
from mmm_client.cli.message_cells import component_kind, estimate_headers, estimates_of, optional

_SIGNAL_ESTIMATES = ("per_unit", "per_standard_deviation", "half_life_periods")
_MEASURED = ("spend_change", "measured_lift", "standard_error")


def write_signals(effects: Iterable[SignalEffect], path: Path) -> None:
    """Write one row per competitor, control and event."""
    columns = ["name", "display_name", "kind", "standard_deviation", "positive_probability"]
    rows = (
        {
            "name": effect.name,
            "display_name": effect.display_name,
            "kind": component_kind(effect.kind),
            "standard_deviation": optional(effect, "standard_deviation"),
            "positive_probability": effect.positive_probability,
            **estimates_of(effect, _SIGNAL_ESTIMATES),
        }
        for effect in effects
    )
    write_csv(path, [*columns, *estimate_headers(_SIGNAL_ESTIMATES)], rows)


def write_lift_tests(tests: Iterable[LiftTestResult], path: Path) -> None:
    """Write one row per lift test."""
    columns = ["test", "channel", "start", "end", "cell", *_MEASURED]
    rows = (
        {
            "test": test.display_name,
            "channel": test.channel,
            "start": test.dates.start,
            "end": test.dates.end,
            "cell": " / ".join(test.cell),
            **{field: getattr(test, field) for field in _MEASURED},
            **estimates_of(test, ("modelled_lift",)),
            "distance": optional(test, "distance"),
        }
        for test in tests
    )
    write_csv(path, [*columns, *estimate_headers(("modelled_lift",)), "distance"], rows)
