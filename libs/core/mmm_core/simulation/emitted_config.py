"""The configuration that describes simulated data: the right model, with the beliefs asked for."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from mmm_core.config import (
    Adstock,
    Channel,
    Competitor,
    Control,
    Event,
    EventColumn,
    Holidays,
    Kpi,
    LiftTest,
    Likelihood,
    MediaOverTime,
    ModelConfig,
    OwnedMedium,
    PositivePrior,
    Saturation,
    Seasonality,
    Trend,
)
from mmm_core.simulation.columns import (
    DATE,
    DEMAND,
    EVENT,
    VALUE,
    cost_column,
    exposure_column,
    kpi_column,
)
from mmm_core.simulation.design import PriorDesign, SimulationDesign
from mmm_core.simulation.layout import Layout
from mmm_core.simulation.media_design import AdstockTruth, ChannelDesign, OwnedDesign
from mmm_core.simulation.media_use import money_per_kpi_unit

# A share of the KPI cannot be believed to be above this.
LARGEST_SHARE = 0.95


def make_config(design: SimulationDesign, layout: Layout, lift_tests: Sequence[LiftTest] = ()) -> ModelConfig:
    """Describe the data of a design.

    Families, maximum lags and events are the true ones; everything about how strong an effect is stays a
    belief: neutral and wide, unless `SimulationDesign.priors` says otherwise.
    """
    season = design.seasonality
    return ModelConfig(
        date_column=DATE,
        frequency=design.frequency,
        dimensions=tuple(design.panel.dimensions) if design.panel else (),
        kpi=Kpi(
            column=kpi_column(design),
            kind=design.kpi.kind,
            value_per_unit=None if design.kpi.value_spread else design.kpi.value_per_unit,
            value_column=VALUE if design.kpi.value_spread else None,
            currency=design.kpi.currency,
        ),
        channels=tuple(_channel(design, channel, layout) for channel in design.channels),
        owned_media=tuple(_owned(design, owned, layout) for owned in design.owned_media),
        competitors=tuple(
            Competitor(
                name=rival.name,
                display_name=rival.display_name,
                column=rival.name,
                adstock=_adstock(rival.adstock),
            )
            for rival in design.competitors
        ),
        controls=tuple(_controls(design)),
        events=() if design.event_column else tuple(_events(design, layout)),
        event_column=EventColumn(column=EVENT) if design.event_column and design.events else None,
        holidays=Holidays(countries=design.holidays.countries),
        trend=Trend(kind=_trend_kind(design)),
        seasonality=Seasonality(yearly_order=season.yearly_order, weekly_order=season.weekly_order),
        media_over_time=MediaOverTime(kind="gaussian_process" if design.media_over_time else "constant"),
        likelihood=Likelihood(family=design.noise.family),
        lift_tests=tuple(lift_tests),
    )


def _channel(design: SimulationDesign, channel: ChannelDesign, layout: Layout) -> Channel:
    belief = _around(_central_return(design, channel, layout), design.priors.width)
    by_cost = channel.cost_per_unit is not None
    spend = cost_column(channel)
    assert spend is not None  # noqa: S101 - a channel has a cost
    return Channel(
        name=channel.name,
        display_name=channel.display_name,
        spend_column=spend,
        exposure_column=exposure_column(channel),
        roi_prior=None if by_cost else belief,
        cost_per_unit_prior=belief if by_cost else None,
        adstock=_adstock(channel.adstock),
        saturation=Saturation(family=channel.saturation.family),
    )


def _owned(design: SimulationDesign, owned: OwnedDesign, layout: Layout) -> OwnedMedium:
    exposure = exposure_column(owned)
    assert exposure is not None  # noqa: S101 - an owned medium is driven by its activity
    medium = OwnedMedium(
        name=owned.name,
        display_name=owned.display_name,
        exposure_column=exposure,
        cost_column=cost_column(owned),
        adstock=_adstock(owned.adstock),
        saturation=Saturation(family=owned.saturation.family),
    )
    if owned.roi is not None:
        belief = _around(_central_return(design, owned, layout), design.priors.width)
        return medium.model_copy(update={"roi_prior": belief})
    if design.priors.centre == "truth":
        belief = _share_belief(owned.kpi_share.draw(layout.random("share", owned.name)), design.priors)
        return medium.model_copy(update={"contribution_share_prior": belief})
    return medium


def _central_return(design: SimulationDesign, medium: ChannelDesign | OwnedDesign, layout: Layout) -> float:
    """Middle of the belief about a medium's ROI, or its cost per unit."""
    by_cost = isinstance(medium, ChannelDesign) and medium.cost_per_unit is not None
    if design.priors.centre == "truth":
        cost = money_per_kpi_unit(design, medium, layout)
        return design.priors.factor * (cost if by_cost else (design.kpi.unit_value or 1.0) / cost)
    if not by_cost:
        return design.priors.factor
    priced = [channel for channel in design.channels if channel.cost_per_unit is not None]
    costs = [money_per_kpi_unit(design, channel, layout) for channel in priced]
    return design.priors.factor * float(np.exp(np.mean(np.log(costs))))


def _around(centre: float, width: float) -> PositivePrior:
    return PositivePrior(
        low=float(f"{centre / width:.4g}"), mid=float(f"{centre:.4g}"), high=float(f"{centre * width:.4g}")
    )


def _share_belief(share: float, priors: PriorDesign) -> PositivePrior:
    centre = min(share * priors.factor, LARGEST_SHARE / 2)
    return _around(centre, min(priors.width, LARGEST_SHARE / centre))


def _adstock(truth: AdstockTruth) -> Adstock:
    return Adstock(family=truth.family, max_lag=truth.max_lag)


def _controls(design: SimulationDesign) -> list[Control]:
    controls = [
        Control(
            name=control.name,
            display_name=control.display_name,
            column=control.name,
            sign=control.sign,
            adstock=_adstock(control.adstock) if control.adstock else None,
        )
        for control in design.controls
    ]
    if design.demand and design.demand.observed:
        controls.append(Control(name=DEMAND, display_name="Demand", column=DEMAND))
    return controls


def _events(design: SimulationDesign, layout: Layout) -> list[Event]:
    events = []
    for event in design.events:
        first, last = layout.days(layout.span(event.at, event.periods))
        events.append(Event(name=event.name, display_name=event.display_name, start=first, end=last))
    return events


def _trend_kind(design: SimulationDesign) -> Literal["none", "linear", "gaussian_process"]:
    if design.trend.wander is not None:
        return "gaussian_process"
    grows = any(growth.low or growth.high for growth in design.trend.growth_per_year)
    return "linear" if grows else "none"
