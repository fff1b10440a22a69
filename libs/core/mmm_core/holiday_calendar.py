"""Public holidays, from the `holidays` library."""

from dataclasses import dataclass
from datetime import date

import holidays
import numpy as np

LAST_DAY = np.datetime64(date.max, "D")


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """A public holiday; its name carries the country when there is more than one."""

    day: date
    name: str


def known_countries() -> frozenset[str]:
    """ISO 3166 codes of the countries whose holidays are known."""
    return frozenset(holidays.list_supported_countries(include_aliases=False))


def public_holidays(countries: tuple[str, ...], first: np.datetime64, stop: np.datetime64) -> list[Holiday]:
    """Holidays from the day `first` to the one before `stop`, in order.

    Names are in English where the library has them, else as the country writes them.
    """
    # Calendars, like dates of Python, end with the year 9999.
    begin, end = (min(day, LAST_DAY).astype("datetime64[D]").astype(date) for day in (first, stop))
    years = range(begin.year, end.year + 1)
    found = set()
    for country in countries:
        calendar = _calendar(country, years)
        suffix = f" ({country})" if len(countries) > 1 else ""
        found |= {Holiday(day, f"{name}{suffix}") for day, name in calendar.items() if begin <= day < end}
    return sorted(found)


def _calendar(country: str, years: range) -> holidays.HolidayBase:
    return holidays.country_holidays(country, years=years, observed=False, language="en_US")
