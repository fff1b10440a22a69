"""Fits side by side, as tables."""

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from mmm.analysis.v1.analysis_pb2 import ChannelResult, ComparedFit
from mmm.analysis.v1.analysis_service_pb2 import CompareFitsResponse
from mmm_client.cli.check_tables import status_word
from mmm_client.cli.message_cells import optional
from mmm_client.cli.numbers import compact, interval, interval_name, percent
from mmm_client.cli.tables import ABSENT, plain_table


def quality_table(fits: Sequence[ComparedFit]) -> Table:
    """One row per fit: how far it can be trusted, and how well it predicts."""
    table = plain_table(
        "Fits",
        "Difference: of leave-one-out (elpd) to the best fit, ± its standard error; within about two of them "
        "fits predict alike. Withheld: MAPE of periods it has not seen.",
    )
    table.add_column("")
    table.add_column("Fit", overflow="fold")
    for heading in ("Health", "R²", "MAPE", "elpd", "Difference", "Withheld", "R-hat", "Divergences"):
        table.add_column(heading, justify="right", overflow="fold")
    for number, one in enumerate(fits, start=1):
        table.add_row(str(number), *_quality_row(one))
    return table


def _quality_row(one: ComparedFit) -> list[str]:
    loo, holdout = optional(one, "loo"), optional(one, "holdout")
    differs = one.HasField("elpd_difference")
    return [
        f"{escape(one.display_name)}\n[dim]{escape(one.fit.rpartition('/')[2])}[/]",
        status_word(one.health),
        f"{one.in_sample_fit.r_squared:.2f}",
        percent(one.in_sample_fit.mape),
        f"{loo.elpd:,.1f}" if loo else ABSENT,
        f"{one.elpd_difference:,.1f} ± {one.elpd_difference_error:,.1f}" if differs else ABSENT,
        percent(holdout.mape) if holdout else ABSENT,
        f"{one.convergence.max_r_hat:.3f}",
        str(one.convergence.divergences),
    ]


def return_table(fits: Sequence[ComparedFit]) -> Table:
    """Every channel's return in every fit, one row per channel and fit."""
    estimate = fits[0].components[0].total
    table = plain_table("Returns", "Medians: ROI where the KPI has a value, else cost per unit.")
    table.add_column("Channel", overflow="fold", max_width=24)
    table.add_column("Fit")
    for heading in ("Return", interval_name(estimate), "Next unit", "of media effect"):
        table.add_column(heading, justify="right")
    rows: dict[str, list[tuple[int, ChannelResult]]] = {}
    for number, one in enumerate(fits, start=1):
        for channel in one.channels:
            rows.setdefault(channel.name, []).append((number, channel))
    for name, found in rows.items():
        for place, (number, channel) in enumerate(found):
            label = "" if place else escape(channel.display_name or name)
            table.add_row(label, str(number), *_return_row(channel))
        table.add_section()
    return table


def _return_row(channel: ChannelResult) -> list[str]:
    figure = optional(channel, "roi") or optional(channel, "cost_per_unit")
    following = optional(channel, "marginal_roi") or optional(channel, "marginal_cost_per_unit")
    return [
        compact(figure.median) if figure else ABSENT,
        interval(figure) if figure else ABSENT,
        compact(following.median) if following else ABSENT,
        percent(channel.media_effect_share.median),
    ]


def contribution_table(found: CompareFitsResponse) -> Table:
    """What components bring more or less than in the first fit."""
    numbers = {one.fit: str(number) for number, one in enumerate(found.fits, start=1)}
    mass = interval_name(found.contributions[0].difference)
    table = plain_table("Contributions, against fit 1", "Medians over all data; the fits are independent.")
    table.add_column("Component", overflow="fold", max_width=28)
    table.add_column("Fit")
    for heading in ("Difference", mass, "of KPI", mass):
        table.add_column(heading, justify="right")
    for one in found.contributions:
        share = one.share_difference
        table.add_row(
            escape(one.display_name or one.name),
            numbers[one.fit],
            compact(one.difference.median),
            interval(one.difference),
            percent(share.median, signed=True),
            f"{percent(share.lower)} – {percent(share.upper)}",
        )
    return table


def fit_setting_table(found: CompareFitsResponse) -> Table:
    """One row per setting that differs, one column per fit."""
    table = plain_table("Settings that differ")
    table.add_column("Setting", overflow="fold")
    for number in range(len(found.fits)):
        table.add_column(str(number + 1), overflow="fold")
    for setting in found.settings:
        table.add_row(escape(setting.field), *(escape(value) or ABSENT for value in setting.values))
    return table
