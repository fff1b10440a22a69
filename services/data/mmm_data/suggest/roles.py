"""What each column of numbers is, as far as its name says."""

from dataclasses import dataclass
from enum import StrEnum

from mmm_data.suggest.names import Name
from mmm_data.suggest.vocabulary import Topic


class Role(StrEnum):
    """What a column of numbers is."""

    OUTCOME = "outcome"
    UNIT_VALUE = "unit value"
    SPEND = "spend"
    EXPOSURE = "exposure"
    OWNED = "owned"
    OWNED_COST = "owned cost"
    COMPETITOR = "competitor"
    CONTROL = "control"
    UNUSED = "unused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a name says a column is, and why; the reason is for columns that are not used."""

    role: Role
    why: str = ""


def read_role(name: Name) -> Reading:  # noqa: PLR0911 - one line per rule, the first that fits holds
    """Say what a column of numbers is by its name.

    The order of the rules settles what words of several topics mean: ``competitor_price`` is a competitor's,
    ``price_promotion`` a control, ``search_orders`` orders that somebody ascribed to search.
    """
    nothing = _not_used(name)
    if nothing:
        return Reading(Role.UNUSED, nothing)
    if name.has(Topic.COMPETITOR):
        return Reading(Role.CONTROL if _is_price(name) else Role.COMPETITOR)
    if name.has(Topic.UNIT_VALUE):
        return Reading(Role.UNIT_VALUE)
    if name.has(Topic.CONTROL):
        return Reading(Role.CONTROL)
    if name.has(Topic.OUTCOME) and not name.has(Topic.MONEY, Topic.EXPOSURE):
        if name.has(Topic.MEDIUM, Topic.OWNED):
            why = (
                "An outcome somebody ascribed to a medium: it is an effect of media, not a cause of the KPI."
            )
            return Reading(Role.UNUSED, why)
        return Reading(Role.OUTCOME)
    return _read_medium(name)


def _not_used(name: Name) -> str:
    if name.has(Topic.DERIVED):
        return f"{name.word(Topic.DERIVED)!r} in its name says that a model computed it."
    if name.says_only(Topic.TECHNICAL, Topic.FILLER) or _is_numbered(name, Topic.TECHNICAL):
        return "Its name says nothing about the world."
    if name.says_only(Topic.CALENDAR, Topic.DATE, Topic.FILLER):
        return "The model makes trend and season from the dates by itself."
    if name.has(Topic.RATE) and not name.has(Topic.CONTROL, Topic.COMPETITOR):
        return "A ratio of other columns: what it is made of says more."
    return ""


def _read_medium(name: Name) -> Reading:
    money = name.has(Topic.MONEY) or (name.has(Topic.CURRENCY) and not name.has(Topic.EXPOSURE))
    if (
        name.has(Topic.TOTAL)
        and (money or name.has(Topic.EXPOSURE))
        and not name.has(Topic.MEDIUM, Topic.OWNED)
    ):
        return Reading(Role.UNUSED, "A total of other columns would count their effect twice.")
    if name.has(Topic.OWNED):
        return Reading(Role.OWNED_COST if money else Role.OWNED)
    if money:
        return Reading(Role.SPEND)
    if name.has(Topic.EXPOSURE):
        return Reading(Role.EXPOSURE)
    plain = {Topic.MEDIUM: Role.SPEND, Topic.EVENT: Role.CONTROL}
    return Reading(next((role for topic, role in plain.items() if name.has(topic)), Role.UNKNOWN))


def _is_price(name: Name) -> bool:
    term = name.term(Topic.CONTROL)
    return term is not None and term.name == "price"


def _is_numbered(name: Name, topic: Topic) -> bool:
    """Whether a name is a word of the topic with numbers, like ``Unnamed: 0``."""
    return name.has(topic) and all(
        part.text.isdigit() or any(term.topic is topic for term in part.terms) for part in name.parts
    )
