"""What every request about a fit says, parsed."""

from typing import Protocol

from google.protobuf.message import Message

from mmm.analysis.v1 import analysis_service_pb2 as wire
from mmm_analysis.hurdles import HurdleQuestion
from mmm_analysis.results import ChosenFit, Results
from mmm_core.cells import CellFilter
from mmm_core.names import FitName
from mmm_service.principal import require_workspace


class HasFit(Protocol):
    """A request about one fit."""

    fit: str


def fit_of(request: HasFit) -> FitName:
    """Name of the fit; raises `PermissionDenied` for one of another workspace."""
    return owned(FitName.parse(request.fit, "fit"))


def owned(name: FitName) -> FitName:
    """Refuse a fit of a workspace that the caller has no part in; raises `PermissionDenied`."""
    require_workspace(name.client)
    return name


def chosen_fit(results: Results, request: HasFit) -> ChosenFit:
    """Load a fit with the cells a request asks for."""
    return results.chosen(fit_of(request), filters_of(request))


def filters_of(request: object) -> list[CellFilter]:
    """Give the wanted cells of a panel; nothing for all."""
    cells: list[wire.DimensionFilter] = getattr(request, "cells", [])
    return [CellFilter(one.dimension, tuple(one.labels)) for one in cells]


def hurdle_of_request(request: Message) -> HurdleQuestion:
    """Give what the next unit of money is to return."""
    return HurdleQuestion(optional(request, "hurdle"), optional(request, "target_cost_per_unit"))


def optional(request: Message, field: str) -> float | None:
    """Value of a field; None when it is not set."""
    return getattr(request, field) if request.HasField(field) else None
