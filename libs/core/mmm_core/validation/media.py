"""Spend beside the exposure it bought."""

from collections.abc import Iterator, Mapping

from mmm_core.config import ModelConfig
from mmm_core.findings import Finding, Severity
from mmm_core.media import Floats
from mmm_core.validation.wording import counted, rows


def check_media(config: ModelConfig, numbers: Mapping[str, Floats]) -> Iterator[Finding]:
    """Spend without exposure, and exposure without spend."""
    for place, channel in enumerate(config.channels):
        column = channel.exposure_column
        if column is not None and column in numbers and channel.spend_column in numbers:
            spend, exposure = numbers[channel.spend_column], numbers[column]
            path = f"channels[{place}].exposure_column"
            yield from _check_pair(path, channel.label, spend, exposure)


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
