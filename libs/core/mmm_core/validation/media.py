"""Media against each other: spend beside exposure, and drivers that move together."""

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np

from mmm_core.config import ModelConfig
from mmm_core.findings import Finding, Severity
from mmm_core.media import Floats
from mmm_core.validation.wording import counted, rows

HIGH_CORRELATION = 0.95


def check_media(config: ModelConfig, numbers: Mapping[str, Floats]) -> Iterator[Finding]:
    """Spend without exposure, exposure without spend, and drivers that can hardly be told apart."""
    for place, channel in enumerate(config.channels):
        column = channel.exposure_column
        if column is not None and column in numbers and channel.spend_column in numbers:
            spend, exposure = numbers[channel.spend_column], numbers[column]
            path = f"channels[{place}].exposure_column"
            yield from _check_pair(path, channel.label, spend, exposure)
    drivers = [medium for medium in config.media if medium.driver_column in numbers]
    for first, second in combinations(drivers, 2):
        if first.driver_column != second.driver_column:
            yield from _check_correlation(
                (first.label, second.label),
                (first.driver_column, second.driver_column),
                (numbers[first.driver_column], numbers[second.driver_column]),
            )


def _check_pair(path: str, label: str, spend: Floats, exposure: Floats) -> Iterator[Finding]:
    idle = (spend > 0) & (exposure == 0)
    if idle.any():
        yield Finding(
            Severity.WARNING,
            "SPEND_WITHOUT_EXPOSURE",
            path,
            str(int(idle.sum())),
            f"{label!r} has spend without exposure in {counted(int(idle.sum()), 'period')}: {rows(idle)}.",
            "Check that both columns are booked in the same period.",
        )
    free = (spend == 0) & (exposure > 0)
    if free.any():
        yield Finding(
            Severity.WARNING,
            "EXPOSURE_WITHOUT_SPEND",
            path,
            str(int(free.sum())),
            f"{label!r} has exposure without spend in {counted(int(free.sum()), 'period')}: {rows(free)}.",
            "Check that both columns are booked in the same period.",
        )


def _check_correlation(
    labels: tuple[str, str], columns: tuple[str, str], values: tuple[Floats, Floats]
) -> Iterator[Finding]:
    both = np.isfinite(values[0]) & np.isfinite(values[1])
    left, right = values[0][both], values[1][both]
    if len(left) < 3 or np.ptp(left) == 0 or np.ptp(right) == 0:
        return
    # Scaled first, so that no value a file may hold overflows when squared.
    correlation = float(np.corrcoef(left / np.abs(left).max(), right / np.abs(right).max())[0, 1])
    if abs(correlation) > HIGH_CORRELATION:
        yield Finding(
            Severity.WARNING,
            "HIGH_CORRELATION",
            columns[1],
            f"{correlation:.3f}",
            f"{labels[0]!r} and {labels[1]!r} move together (correlation {correlation:.3f}), "
            "so the data cannot tell their effects apart.",
            "Join them into one channel, or give priors that tell them apart.",
        )
