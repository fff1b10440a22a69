"""Options that the commands about plans share, and the settings they make together."""

from pathlib import Path
from typing import Annotated

import typer

from mmm.optimizer.v1.optimizer_pb2 import PlanSettings, Utility
from mmm_client.plan_documents import load_plan_settings, words_of

UTILITIES = words_of(Utility.DESCRIPTOR)

FitArgument = Annotated[str, typer.Argument(help="Name of the fit, clients/…/models/…/fits/….")]
SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "--settings",
        exists=True,
        dir_okay=False,
        readable=True,
        help="YAML or JSON file with horizon, limits and what is maximised. See: mmm plan settings --init",
    ),
]
Periods = Annotated[
    int | None, typer.Option(min=1, max=520, help="Periods to plan for. Default: one year, or the file's.")
]
UtilityWord = Annotated[
    str | None,
    typer.Option("--utility", help=f"What is maximised: {', '.join(UTILITIES)}.", metavar="NAME"),
]
RiskLevel = Annotated[
    float | None, typer.Option(help="Share of the worst cases that measures of risk look at, like 0.1.")
]
LeastBudget = Annotated[float | None, typer.Option("--minimum-budget", help="Smallest budget to look at.")]
MostBudget = Annotated[float | None, typer.Option("--maximum-budget", help="Largest budget to look at.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", file_okay=False, help="Folder for CSV files of the plan.")
]
SaveAs = Annotated[
    str | None, typer.Option("--save-as", metavar="NAME", help="Keep the plan as a scenario of this name.")
]


def settings_of(
    file: Path | None, periods: int | None, utility: str | None, risk_level: float | None
) -> PlanSettings:
    """Settings of a file, overridden by options.

    Raises
    ------
    InvalidInput
        Naming everything that is wrong with the file.
    typer.BadParameter
        When nobody knows the utility.
    """
    settings = PlanSettings() if file is None else load_plan_settings(file)
    if periods is not None:
        settings.horizon_periods = periods
    if risk_level is not None:
        settings.risk_level = risk_level
    if utility is not None:
        word = utility.strip().lower().replace("-", "_")
        if word not in UTILITIES:
            known = ", ".join(UTILITIES)
            raise typer.BadParameter(f"{utility!r} is not one of {known}.", param_hint="--utility")
        settings.MergeFrom(PlanSettings(utility=f"UTILITY_{word.upper()}"))
    return settings
