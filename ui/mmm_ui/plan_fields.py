"""Fields of a question about a plan in the words of the page, for errors."""

import re
from collections.abc import Mapping
from typing import Any

_PATH = re.compile(r"(?P<list>\w+)\[(?P<place>\d+)\](?:\.(?P<leaf>\w+))?")
_SINGLE = {
    "horizon_periods": "Periods",
    "total_budget": "Budget",
    "minimum_budget": "Smallest budget",
    "maximum_budget": "Largest budget",
    "level": "What is to be reached",
    "hurdle": "What the next unit of money is to bring",
    "probability": "Certainty",
    "risk_level": "Worst cases",
    "demand_index": "Demand",
    "utility": "What is maximised",
    "interval_probability": "Mass of intervals",
    "value_per_unit": "Value of a unit of this fit's KPI",
}
# Rows that stand for a channel, and rows of lists that people make.
_OF_CHANNELS = {"bounds": "Limits", "costs": "Prices", "flights": "Own flighting", "spends": "Plan by hand"}
_LISTS = {
    "groups": "Groups",
    "ratios": "Ratios",
    "period_budgets": "Periods",
    "cell_budgets": "Cells",
    "demand_index": "Demand",
    "also": "Other outcomes",
}
_LEAVES = {
    "minimum": "at least",
    "maximum": "at most",
    "minimum_change": "at least %",
    "maximum_change": "at most %",
    "minimum_share": "at least %",
    "maximum_share": "at most %",
    "first_period": "from and to",
    "to": "compared with",
    "channels": "channels",
    "yearly_inflation": "rise per year",
    "value_per_unit": "value of a unit",
}


def field_in_words(field: str, question: Any, channels: Mapping[str, str]) -> str:
    """Say where on the page a field is.

    Parameters
    ----------
    field : str
        As errors name it, for example ``bounds[0].minimum``.
    question : message
        The question it is a field of.
    channels : mapping
        Names people know, by slug.
    """
    found = _PATH.match(field)
    if found is None:
        return _SINGLE.get(field, field)
    name, place = found["list"], int(found["place"])
    if name in _OF_CHANNELS:
        row = (question.spends if name == "spends" else getattr(question.settings, name))[place]
        cell = row.cell if name == "spends" else ()
        where = ", ".join([_OF_CHANNELS[name], channels.get(row.channel, row.channel), *cell])
    elif name in _LISTS:
        where = f"{_LISTS[name]}, row {place + 1}"
    else:
        return field
    leaf = _LEAVES.get(found["leaf"] or "")
    return f"{where}, {leaf}" if leaf else where
