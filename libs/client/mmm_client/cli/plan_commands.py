"""`mmm plan …`: budgets, targets, plans made by hand, and the outcome against the budget."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.markup import escape

from mmm.optimizer.v1.optimizer_pb2 import PlanSettings
from mmm.optimizer.v1.optimizer_service_pb2 import (
    EvaluatePlanRequest,
    FindBudgetRequest,
    GetFrontierRequest,
    OptimizeBudgetRequest,
)
from mmm_client.cli import consoles
from mmm_client.cli.connection import Address, CaFile, TokenFile, Workspace, connect
from mmm_client.cli.exits import reported_errors
from mmm_client.cli.plan_options import (
    FitArgument,
    LeastBudget,
    MostBudget,
    Output,
    Periods,
    RiskLevel,
    SaveAs,
    SettingsFile,
    UtilityWord,
    settings_of,
)
from mmm_client.cli.plan_outputs import write_frontier_files, write_plan_files
from mmm_client.cli.plan_settings_command import settings_file
from mmm_client.cli.plan_tables import answer_lines, cell_table, frontier_table, period_table
from mmm_client.cli.tables import plan_table
from mmm_client.client import Client
from mmm_client.plan_files import read_plan_csv
from mmm_client.plan_words import amount, breakeven_sentence, target_sentence
from mmm_client.plans import PlanAnswer, PlanQuestion

plan_app = typer.Typer(help="Plan budgets with a fit that succeeded.", no_args_is_help=True)
plan_app.command("settings")(settings_file)


@plan_app.command()
def optimize(
    fit: FitArgument,
    *,
    budget: Annotated[
        float | None,
        typer.Option(min=0.01, help="Money over the horizon. Default: the last year's average level."),
    ] = None,
    settings: SettingsFile = None,
    periods: Periods = None,
    utility: UtilityWord = None,
    risk_level: RiskLevel = None,
    output: Output = None,
    save_as: SaveAs = None,
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """Find the best split of a budget."""
    console = consoles.output()
    with reported_errors(consoles.errors()):
        wanted = settings_of(settings, periods, utility, risk_level)
        with connect(console, address, token_file, workspace, ca_file) as client:
            total = budget or _usual_budget(client, fit, wanted)
            question = OptimizeBudgetRequest(fit=fit, total_budget=total, settings=wanted)
            _show(console, question, client.ask_for_plan(question), output)
            _save(console, client, question, save_as)


@plan_app.command()
def target(
    fit: FitArgument,
    *,
    target: Annotated[
        Literal["outcome", "return", "marginal-return"],
        typer.Option(
            help="What is to be reached: an outcome in KPI units, the return of the budget, or that of its "
            "next unit of money (value per money; KPI units per money when the KPI has no value)."
        ),
    ],
    level: Annotated[float, typer.Option(help="How much of it, above 0.")],
    probability: Annotated[
        float | None, typer.Option(help="Reach an outcome with this probability, not just on average.")
    ] = None,
    minimum_budget: LeastBudget = None,
    maximum_budget: MostBudget = None,
    settings: SettingsFile = None,
    periods: Periods = None,
    utility: UtilityWord = None,
    risk_level: RiskLevel = None,
    output: Output = None,
    save_as: SaveAs = None,
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """Find the budget that reaches a target: the smallest for an outcome, the largest for a return."""
    console = consoles.output()
    with reported_errors(consoles.errors()):
        question = FindBudgetRequest(
            fit=fit,
            target=f"TARGET_{target.upper().replace('-', '_')}",
            level=level,
            probability=probability,
            minimum_budget=minimum_budget,
            maximum_budget=maximum_budget,
            settings=settings_of(settings, periods, utility, risk_level),
        )
        with connect(console, address, token_file, workspace, ca_file) as client:
            found = client.ask_for_plan(question)
            _show(console, question, found, output)
            _save(console, client, question, save_as)
        console.print(escape(target_sentence(question, found)), highlight=False)


@plan_app.command()
def evaluate(
    fit: FitArgument,
    *,
    plan: Annotated[
        Path,
        typer.Option(
            exists=True,
            dir_okay=False,
            readable=True,
            help="CSV file: one row per period, one column per channel, headed by its name. A column `date` "
            "is passed over, so the file plan_by_period.csv of another plan can be changed and used. For "
            "cells of a panel: a column for each dimension, and one row per period and cell.",
        ),
    ],
    settings: SettingsFile = None,
    periods: Periods = None,
    output: Output = None,
    save_as: SaveAs = None,
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """Say what a plan made by hand comes to, and which limits it does not keep."""
    console = consoles.output()
    with reported_errors(consoles.errors()):
        wanted = settings_of(settings, periods, None, None)
        text = plan.read_text(encoding="utf-8")
        with connect(console, address, token_file, workspace, ca_file) as client:
            spends = read_plan_csv(text, plan.name, client.get_fit(fit).config.dimensions)
            if not wanted.HasField("horizon_periods"):
                wanted.horizon_periods = len(spends[0].spend) if spends else 0
            question = EvaluatePlanRequest(fit=fit, spends=spends, settings=wanted)
            _show(console, question, client.ask_for_plan(question), output)
            _save(console, client, question, save_as)


@plan_app.command()
def frontier(
    fit: FitArgument,
    *,
    minimum_budget: LeastBudget = None,
    maximum_budget: MostBudget = None,
    points: Annotated[int, typer.Option(min=2, max=100, help="Number of budgets.")] = 25,
    hurdle: Annotated[
        float,
        typer.Option(help="What the next unit of money is to return (KPI units when the KPI has no value)."),
    ] = 1.0,
    settings: SettingsFile = None,
    periods: Periods = None,
    utility: UtilityWord = None,
    risk_level: RiskLevel = None,
    output: Output = None,
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """Find the best plans of many budgets, and where the next unit of money stops paying."""
    console = consoles.output()
    with reported_errors(consoles.errors()):
        question = GetFrontierRequest(
            fit=fit,
            minimum_budget=minimum_budget,
            maximum_budget=maximum_budget,
            point_count=points,
            hurdle=hurdle,
            settings=settings_of(settings, periods, utility, risk_level),
        )
        with connect(console, address, token_file, workspace, ca_file) as client:
            found = client.ask_for_plan(question)
        console.print(frontier_table(found))
        console.print(escape(breakeven_sentence(found, amount(hurdle))), highlight=False)
        if output is not None:
            output.mkdir(parents=True, exist_ok=True)
            write_frontier_files(found, output)
            _say_where(console, output)


def _usual_budget(client: Client, fit: str, settings: PlanSettings) -> float:
    """What the last year's average level comes to over the horizon."""
    horizon = settings.horizon_periods if settings.HasField("horizon_periods") else None
    level = client.empty_plan(fit, horizon_periods=horizon).plan.allocations
    total = sum(channel.reference_spend for channel in level)
    if total <= 0:
        raise typer.BadParameter("Nothing was spent in the last year; give a budget.", param_hint="--budget")
    return total


def _show(console: Console, question: PlanQuestion, answer: PlanAnswer, output: Path | None) -> None:
    console.print(period_table(answer))
    if answer.plan.cells:
        console.print(cell_table(answer))
    console.print(plan_table(answer))
    for line in answer_lines(question, answer):
        console.print(line, highlight=False)
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
        write_plan_files(answer.plan, output)
        _say_where(console, output)


def _save(console: Console, client: Client, question: PlanQuestion, name: str | None) -> None:
    if name is not None:
        scenario = client.create_scenario(question, name)
        console.print(f"Scenario [bold]{escape(scenario.name)}[/]", highlight=False, soft_wrap=True)


def _say_where(console: Console, folder: Path) -> None:
    console.print(f"Wrote the plan to {escape(str(folder))}.", highlight=False, soft_wrap=True)
