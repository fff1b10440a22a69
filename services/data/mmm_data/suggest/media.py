"""Paid and owned media as parts of a configuration."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mmm_core.slugs import slug
from mmm_data.suggest.beliefs import Belief
from mmm_data.suggest.carryover import suggest_carryover
from mmm_data.suggest.cells import Cells
from mmm_data.suggest.choices import Confidence, Draft, Reason
from mmm_data.suggest.layout import Layout
from mmm_data.suggest.names import read_name
from mmm_data.suggest.subjects import Medium
from mmm_data.suggest.vocabulary import Topic

PLAUSIBLE_CORRELATION = 0.3


def named(label: str, taken: set[str]) -> dict[str, object]:
    """Name and display name of something, with a slug that is now taken."""
    name = slug(label, taken)
    taken.add(name)
    return {"name": name, "display_name": label[:100]}


def draft_channel(
    cells: Cells, medium: Medium, layout: Layout, belief: Belief, *, guessed: bool, taken: set[str]
) -> Draft:
    """A paid channel.

    Parameters
    ----------
    cells : Cells
        The table.
    medium : Medium
        Its columns.
    layout : Layout
        Frequency and length of the data.
    belief : Belief
        What all channels are believed to return.
    guessed : bool
        Whether no name said that the column is a medium.
    taken : set of str
        Slugs of others.
    """
    assert medium.cost is not None  # noqa: S101 - a channel has a cost
    value = named(medium.name.label, taken) | {"spend_column": medium.cost}
    reasons = [_why_spend(medium.cost, guessed=guessed)]
    if medium.exposure is not None:
        value["exposure_column"] = medium.exposure
        reasons.append(_why_exposure(cells, medium.cost, medium.exposure))
    value[belief.field] = dict(belief.value)
    reasons.append(Reason((belief.field,), belief.why, belief.confidence))
    return _with_carryover(value, reasons, medium.kind, layout)


def draft_owned(medium: Medium, layout: Layout, roi: Mapping[str, float] | None, *, taken: set[str]) -> Draft:
    """An owned medium; `roi` is the belief of its ROI, for one with a cost."""
    assert medium.exposure is not None  # noqa: S101 - it is driven by its activity
    value = named(medium.name.label, taken) | {"exposure_column": medium.exposure}
    reasons = [_why_owned(medium)]
    if medium.cost is not None:
        value["cost_column"] = medium.cost
        text = "Its name speaks of the cost of the same medium."
        reasons.append(Reason(("cost_column",), text, Confidence.HIGH))
    if medium.cost is not None and roi is not None:
        value["roi_prior"] = dict(roi)
        text = "Believed to return what paid media do."
        reasons.append(Reason(("roi_prior",), text, Confidence.LOW))
    else:
        value["contribution_share_prior"] = {"low": 0.002, "mid": 0.01, "high": 0.05}
        text = (
            "Without a cost there is no return, so the belief is a share of the KPI: "
            "about 1 %, a factor of five either way."
        )
        reasons.append(Reason(("contribution_share_prior",), text, Confidence.LOW))
    return _with_carryover(value, reasons, medium.kind or "owned", layout)


def _with_carryover(value: dict[str, object], reasons: Sequence[Reason], kind: str, layout: Layout) -> Draft:
    adstock = suggest_carryover(kind, layout.frequency, layout.periods)
    inner = (replace(reason, field=("adstock", *reason.field)) for reason in adstock.reasons)
    return Draft(value | {"adstock": dict(adstock.value)}, (*reasons, *inner))


def _why_spend(column: str, *, guessed: bool) -> Reason:
    name = read_name(column)
    if guessed:
        text = "Its name says nothing; it is never negative and varies, as spend does. Check what it is."
        return Reason(("spend_column",), text, Confidence.LOW)
    if name.has(Topic.MONEY, Topic.CURRENCY):
        text = f"{name.word(Topic.MONEY, Topic.CURRENCY)!r} in its name says spend."
        return Reason(("spend_column",), text, Confidence.HIGH)
    text = "It is named after a medium; taken for its spend, which is what most tables give."
    return Reason(("spend_column",), text, Confidence.MEDIUM)


def _why_exposure(cells: Cells, cost: str, exposure: str) -> Reason:
    correlation = cells.correlation(cost, exposure)
    sure = correlation >= PLAUSIBLE_CORRELATION
    text = (
        "Its name speaks of the same medium; people react to what they see rather than to its price "
        f"(correlation with spend {correlation:.2f})."
    )
    if not sure:
        text += " That is little: check that both are of the same medium."
    return Reason(("exposure_column",), text, Confidence.HIGH if sure else Confidence.LOW)


def _why_owned(medium: Medium) -> Reason:
    name = medium.name
    if name.has(Topic.OWNED):
        text = f"{name.word(Topic.OWNED)!r} in its name says a medium of your own."
        return Reason(("exposure_column",), text, Confidence.HIGH)
    text = (
        "An exposure without a column of its spend; if it was paid for, add the spend and make it a channel."
    )
    return Reason(("exposure_column",), text, Confidence.LOW)
