"""`mmm summary`, `mmm compare` and `mmm combine`: what fits come to."""

from typing import Annotated

import typer
from rich.markup import escape

from mmm.analysis.v1.analysis_pb2 import CombinedOutcome
from mmm.common.v1.common_pb2 import DateRange
from mmm_client.cli import consoles, pipeline
from mmm_client.cli.advice_tables import information_table, knowledge_table
from mmm_client.cli.combination_tables import combined_table, outcome_table
from mmm_client.cli.comparison_tables import (
    contribution_table,
    fit_setting_table,
    quality_table,
    return_table,
)
from mmm_client.cli.connection import Address, CaFile, TokenFile, Workspace, connect
from mmm_client.cli.exits import reported_errors

FitName = Annotated[
    str,
    typer.Argument(metavar="FIT", help="Name of the fit, clients/…/models/…/fits/….", show_default=False),
]
Start = Annotated[str, typer.Option("--start", metavar="DATE", help="First day of the window. Default: all.")]
End = Annotated[str, typer.Option("--end", metavar="DATE", help="Last day of the window. Default: all.")]
Hurdle = Annotated[
    float | None,
    typer.Option(
        help="Value that the next unit of money is to return (KPI units for a KPI without a value). "
        "Default: 1; for a KPI without a value, as much as all paid media bring on average.",
        show_default=False,
    ),
]


def summary(
    fit: FitName,
    *,
    start: Start = "",
    end: End = "",
    hurdle: Hurdle = None,
    target_cost: Annotated[
        float | None,
        typer.Option(help="What the next KPI unit may cost, for a KPI that counts.", show_default=False),
    ] = None,
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """Say what to do, what is known, and which experiment would pay most."""
    console = consoles.output()
    with reported_errors(consoles.errors()):
        with connect(console, address, token_file, workspace, ca_file) as client:
            found = client.summary(
                fit, window=window_of(start, end), hurdle=hurdle, target_cost_per_unit=target_cost
            )
        console.print(knowledge_table(found))
        if found.information:
            console.print(information_table(found))
        pipeline.show_conclusion(console, found)


def compare(
    fits: Annotated[
        list[str],
        typer.Argument(
            metavar="FIT…",
            help="2 to 10 fits by name, beginning with the one that the others are held against.",
            show_default=False,
        ),
    ],
    *,
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """Hold fits against the first of them: quality, settings, returns and contributions."""
    console = consoles.output()
    with reported_errors(consoles.errors()):
        with connect(console, address, token_file, workspace, ca_file) as client:
            found = client.compare_fits(fits)
        console.print(quality_table(found.fits))
        for caution in found.cautions:
            console.print(f"[yellow]{escape(caution)}[/]", highlight=False)
        if found.settings:
            console.print(fit_setting_table(found))
        console.print(return_table(found.fits))
        if found.contributions:
            console.print(contribution_table(found))


def combine(
    outcomes: Annotated[
        list[str],
        typer.Argument(
            metavar="FIT[=VALUE]…",
            help="2 to 10 fits of different outcomes by name, each with the money that one KPI unit is "
            "worth. Without a value: what the fit says.",
            show_default=False,
        ),
    ],
    *,
    start: Start = "",
    end: End = "",
    hurdle: Annotated[
        float | None,
        typer.Option(help="Value that the next unit of money is to return. Default: 1.", show_default=False),
    ] = None,
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """Add up several outcomes that the same money brought, each by its value."""
    console = consoles.output()
    asked = [_outcome(text) for text in outcomes]
    with reported_errors(consoles.errors()):
        with connect(console, address, token_file, workspace, ca_file) as client:
            found = client.combined_results(asked, window=window_of(start, end), hurdle=hurdle)
        console.print(outcome_table(found, [one.fit for one in asked]))
        console.print(combined_table(found))


def window_of(start: str, end: str) -> DateRange | None:
    """Write the dates of a command as a window; None for all dates."""
    return DateRange(start=start, end=end) if start or end else None


def _outcome(text: str) -> CombinedOutcome:
    fit, separator, value = text.partition("=")
    if not separator:
        return CombinedOutcome(fit=fit)
    try:
        return CombinedOutcome(fit=fit, value_per_unit=float(value))
    except ValueError:
        message = f"{text!r}: write the value of one unit as a number, like FIT=49.90."
        raise typer.BadParameter(message, param_hint="FIT[=VALUE]") from None
