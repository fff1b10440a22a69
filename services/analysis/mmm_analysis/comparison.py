"""Fits side by side."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import xarray as xr

from mmm_analysis.channels import ChannelTable, channel_table
from mmm_analysis.contributions import Contributions, all_components, contributions
from mmm_analysis.flat_settings import flat_settings
from mmm_analysis.health import Health
from mmm_analysis.requests import Question
from mmm_analysis.windows import ExploredWindow
from mmm_core.estimates import Estimate, estimate
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.quantities import expected_kpi, whole
from mmm_core.records import FitRecord
from mmm_store.fits import StoredFit

# The same pairing of independent draws for whoever asks.
PAIRING_SEED = 20_240_101


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fit that is held against others.

    Attributes
    ----------
    stored : StoredFit
        Its records.
    model : FittedModel
        As arrays.
    health : Health
        Its diagnostics.
    explored : ExploredWindow
        Response curves of all its data.
    """

    stored: StoredFit
    model: FittedModel
    health: Health
    explored: ExploredWindow


@dataclass(frozen=True, slots=True)
class ElpdDifference:
    """Leave-one-out figure minus that of the best fit, and its standard error."""

    value: float
    standard_error: float


@dataclass(frozen=True, slots=True)
class ComparedFit:
    """A fit beside others.

    Attributes
    ----------
    candidate : Candidate
        The fit.
    table : ChannelTable
        Of all its data.
    components : Contributions
        Of all its data.
    elpd : ElpdDifference or None
        None when it has no leave-one-out figures of the same observations as the others.
    """

    candidate: Candidate
    table: ChannelTable
    components: Contributions
    elpd: ElpdDifference | None


@dataclass(frozen=True, slots=True)
class SettingDifference:
    """A setting that is not the same in all fits; JSON of its values, empty where a fit has none."""

    field: str
    values: list[str]


@dataclass(frozen=True, slots=True)
class ContributionDifference:
    """A component's total in a fit minus that in the first, in KPI units and as share of the expected KPI."""

    name: str
    label: str
    fit: str
    difference: Estimate
    share_difference: Estimate


@dataclass(frozen=True, slots=True)
class Comparison:
    """Fits side by side; differences are to the first."""

    fits: list[ComparedFit]
    settings: list[SettingDifference]
    contributions: list[ContributionDifference]
    cautions: list[str]


def compare(candidates: list[Candidate], probability: float) -> Comparison:
    """Hold fits against each other, over all their data, with central intervals of the given mass."""
    elpd = _elpd_differences(candidates)
    first = candidates[0]
    return Comparison(
        [
            ComparedFit(
                candidate,
                channel_table(candidate.model, candidate.explored, probability),
                contributions(candidate.model, Question(whole(candidate.model), probability)),
                elpd[place],
            )
            for place, candidate in enumerate(candidates)
        ],
        list(_setting_differences([candidate.stored.record for candidate in candidates])),
        [
            difference
            for other in candidates[1:]
            for difference in _contribution_differences(first, other, probability)
        ],
        _cautions(candidates),
    )


def _elpd_differences(candidates: list[Candidate]) -> list[ElpdDifference | None]:
    """Differences to the best, from the same observations (Vehtari, Gelman and Gabry 2017, section 5.2)."""
    pointwise = [candidate.health.pointwise for candidate in candidates]
    if not _same_observations(candidates) or any(one is None for one in pointwise):
        return [None] * len(candidates)
    by_observation = np.stack([_elpd(one) for one in pointwise if one is not None])
    differences = by_observation - by_observation[by_observation.sum(axis=1).argmax()]
    spread = differences.std(axis=1, ddof=1) * np.sqrt(differences.shape[1])
    return [
        ElpdDifference(float(total), float(error))
        for total, error in zip(differences.sum(axis=1), spread, strict=True)
    ]


def _elpd(pointwise: xr.Dataset) -> Floats:
    return np.asarray(pointwise["elpd"].transpose("date", "cell").to_numpy().ravel())


def _same_observations(candidates: list[Candidate]) -> bool:
    first = candidates[0].model
    return all(
        np.array_equal(other.model.dates, first.dates)
        and other.model.cells == first.cells
        and np.array_equal(other.model.kpi, first.kpi)
        for other in candidates[1:]
    )


def _cautions(candidates: list[Candidate]) -> list[str]:
    """Why some figures cannot be held against each other."""
    cautions = []
    if not _same_observations(candidates):
        cautions.append(
            "The fits do not explain the same observations: their leave-one-out figures cannot be compared."
        )
    kpis = {(one.model.config.kpi.kind, one.model.config.kpi.currency) for one in candidates}
    if len(kpis) > 1:
        cautions.append("The fits explain KPIs of different kinds or currencies: compare shares only.")
    withheld = {
        None if (held := one.stored.result.holdout) is None else (held.start, held.end) for one in candidates
    }
    if len(withheld) > 1:
        cautions.append("The fits were tested on different withheld periods, or some on none.")
    return cautions


def _setting_differences(records: list[FitRecord]) -> Iterator[SettingDifference]:
    """Settings that are not the same in all fits, the dataset among them.

    An entry that some fit does not have, like a channel, is told by its name; not what is set in it.
    """
    flat = [{"dataset": json.dumps(record.dataset)} | flat_settings(record.config) for record in records]
    fields = dict.fromkeys(name for settings in flat for name in settings)
    told = [field for field in fields if _is_entry(field) and not all(field in one for one in flat)]
    entries = tuple(field.removesuffix("name") for field in told)
    for field in fields:
        values = [settings.get(field, "") for settings in flat]
        if len(set(values)) > 1 and (field in told or not field.startswith(entries)):
            yield SettingDifference(field, values)


def _is_entry(field: str) -> bool:
    """Whether a path is the name of an entry of a list."""
    return field.endswith(".name")


def _contribution_differences(
    first: Candidate, other: Candidate, probability: float
) -> Iterator[ContributionDifference]:
    """Differences of the totals of components that both have; the posteriors are independent."""
    before, after = _totals(first.model), _totals(other.model)
    for name, (label, total, share) in after.items():
        if name in before:
            _, total_before, share_before = before[name]
            yield ContributionDifference(
                name,
                label,
                other.stored.record.name,
                estimate(_independently(total) - _paired(total_before, len(total)), probability),
                estimate(_independently(share) - _paired(share_before, len(share)), probability),
            )


def _totals(model: FittedModel) -> dict[str, tuple[str, Floats, Floats]]:
    """Label, total and share of the expected KPI of every component, by draw."""
    expected = expected_kpi(model).sum(axis=1)
    totals = {}
    for component in all_components(model):
        total = component.draws.sum(axis=(1, 2))
        totals[component.name] = (component.label, total, total / expected)
    return totals


def _independently(draws: Floats) -> Floats:
    """Shuffle draws: fits of the same seed would otherwise seem to move together."""
    return np.random.default_rng(PAIRING_SEED).permutation(draws)


def _paired(draws: Floats, count: int) -> Floats:
    """As many evenly spaced draws as the other fit has."""
    return draws[np.linspace(0, len(draws) - 1, count).round().astype(np.intp)]
