"""Settings of a configuration that only data, or a calendar, can judge."""

import difflib
from collections.abc import Iterator, Mapping

import numpy as np

from mmm_core.config import Adstock, ModelConfig
from mmm_core.findings import Finding, Severity
from mmm_core.holiday_calendar import known_countries
from mmm_core.media import Floats
from mmm_core.validation.panel import Cells
from mmm_core.validation.wording import counted, rows

# Between the 5 % and the 95 % quantile of active periods; less than this and a curve is seen at one point.
NARROW_RANGE = 1.3
FEWEST_VALUES = 5
# In wide use, but not of ISO 3166.
_OTHER_CODES = {"UK": ["GB"], "EL": ["GR"]}
# A year has as many pairs of waves as half its periods; finer ones only repeat coarser ones.
_FINEST_YEARLY_ORDER = {"monthly": 5}


def check_holidays(config: ModelConfig) -> Iterator[Finding]:
    """Countries without a known calendar."""
    # Asking for the known ones loads every calendar.
    known = known_countries() if config.holidays.countries else frozenset()
    for place, country in enumerate(config.holidays.countries):
        if country not in known:
            near = _OTHER_CODES.get(country) or difflib.get_close_matches(
                country, sorted(known), n=3, cutoff=0.4
            )
            yield Finding(
                Severity.ERROR,
                "UNKNOWN_COUNTRY",
                f"holidays.countries[{place}]",
                country,
                f"No holidays are known for {country!r}.",
                f"Use an ISO 3166 code such as {', '.join(near or ['DE', 'FR'])}, or a 0/1 control.",
            )


def check_unit_value(config: ModelConfig, numbers: Mapping[str, Floats]) -> Iterator[Finding]:
    """A column with the KPI's value that is not positive."""
    column = config.kpi.value_column
    if column is not None and column in numbers:
        wrong = numbers[column] <= 0
        if wrong.any():
            yield Finding(
                Severity.ERROR,
                "VALUE_NOT_POSITIVE",
                column,
                f"{numbers[column][wrong][0]:g}",
                f"Column {column!r}, the value of a KPI unit, is not positive in {rows(wrong)}.",
                "Write what one unit is worth in money in every row.",
            )


def check_carryover(config: ModelConfig, periods: int) -> Iterator[Finding]:
    """Carryover as long as the data."""
    for path, adstock in _adstocks(config):
        if adstock.family != "none" and 4 * adstock.max_lag > periods:
            yield Finding(
                Severity.WARNING,
                "LONG_CARRYOVER",
                f"{path}.adstock.max_lag",
                str(adstock.max_lag),
                f"Carryover over {counted(adstock.max_lag, 'period')} is long for data of "
                f"{counted(periods, 'period')}.",
                "Shorten max_lag, or use a longer history.",
            )


def _adstocks(config: ModelConfig) -> Iterator[tuple[str, Adstock]]:
    for place, channel in enumerate(config.channels):
        yield f"channels[{place}]", channel.adstock
    for place, owned in enumerate(config.owned_media):
        yield f"owned_media[{place}]", owned.adstock
    for place, competitor in enumerate(config.competitors):
        yield f"competitors[{place}]", competitor.adstock
    for place, control in enumerate(config.controls):
        if control.adstock is not None:
            yield f"controls[{place}]", control.adstock


def check_season(config: ModelConfig) -> Iterator[Finding]:
    """Yearly waves too short for the data's periods to show."""
    finest = _FINEST_YEARLY_ORDER.get(config.frequency)
    order = config.seasonality.yearly_order
    if finest is not None and order > finest:
        yield Finding(
            Severity.WARNING,
            "SEASON_TOO_FINE",
            "seasonality.yearly_order",
            str(order),
            f"A yearly pattern of order {order} has waves that {config.frequency} data cannot show.",
            f"Set seasonality.yearly_order to {finest} or less.",
        )


def check_range(config: ModelConfig, numbers: Mapping[str, Floats], cells: Cells) -> Iterator[Finding]:
    """Media whose activity is always of about the same size, in every cell."""
    for medium in config.media:
        if medium.driver_column not in numbers or medium.saturation.family == "none":
            continue
        ranges = list(_ranges(numbers[medium.driver_column], cells))
        if ranges and all(high < NARROW_RANGE * low for low, high in ranges):
            low, high = ranges[0]
            yield Finding(
                Severity.WARNING,
                "NARROW_RANGE",
                medium.driver_column,
                f"{low:g} to {high:g}",
                f"{medium.label!r} is nearly always of the same size when it is active "
                f"({low:g} to {high:g} in nine periods of ten{', in the first cell' * cells.is_panel}).",
                "Rely on its curve near the present level only, or vary the spend, best in a lift test.",
            )


def _ranges(values: Floats, cells: Cells) -> Iterator[tuple[float, float]]:
    """Low and high level of the active periods, for each cell that has enough of them."""
    for places in cells.rows:
        inside = values[places]
        active = inside[np.isfinite(inside) & (inside > 0)]
        if len(active) >= FEWEST_VALUES:
            low, high = np.quantile(active, [0.05, 0.95])
            yield float(low), float(high)
