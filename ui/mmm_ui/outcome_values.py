"""What one unit of a fit's KPI is worth, asked where outcomes of several fits are added up."""

from typing import Any

from mmm.common.v1.model_config_pb2 import KPI_KIND_REVENUE, Kpi
from mmm_ui.access import client


def choose_value(place: Any, fit: str, label: str, key: str) -> float | None:
    """Ask what a unit of a fit's KPI is worth; None: what the fit says.

    Parameters
    ----------
    place : container
        Where the field is drawn.
    fit : str
        Resource name.
    label : str
        How people call the fit.
    key : str
        Of the field.
    """
    kpi = client().get_fit(fit).config.kpi
    value: float | None = place.number_input(
        f"Value of one {kpi.display_name or kpi.column}, {kpi.currency}",
        value=known_value(kpi),
        placeholder="What the fit says",
        help=label,
        key=key,
    )
    return value


def known_value(kpi: Kpi) -> float | None:
    """Money that a unit of a KPI is worth by its configuration, None when the data say it, or nothing."""
    if kpi.kind == KPI_KIND_REVENUE:
        return 1.0
    return kpi.value_per_unit if kpi.HasField("value_per_unit") else None
