"""`mmm scenario …`: plans that were kept."""

from typing import Annotated

import typer
from rich.markup import escape

from mmm.optimizer.v1.optimizer_service_pb2 import OptimizeBudgetResponse
from mmm_client.cli import consoles
from mmm_client.cli.connection import Address, CaFile, TokenFile, Workspace, connect
from mmm_client.cli.exits import reported_errors
from mmm_client.cli.plan_tables import answer_lines
from mmm_client.cli.scenario_tables import outcome_table, scenario_table, setting_table, spend_table
from mmm_client.cli.tables import plan_table
from mmm_client.client import Client
from mmm_client.scenario_words import question_of, question_sentence, rerun_sentence

scenario_app = typer.Typer(help="Read, compare and repeat plans that were kept.", no_args_is_help=True)

Scenario = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO", help="Resource name of a scenario, or its last part.", show_default=False
    ),
]


@scenario_app.command("list")
def list_scenarios(
    *,
    fit: Annotated[
        str, typer.Option(metavar="NAME", help="Only scenarios of this fit, by its resource name.")
    ] = "",
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """List the scenarios of a workspace."""
    console = consoles.output()
    with (
        reported_errors(consoles.errors()),
        connect(console, address, token_file, workspace, ca_file) as client,
    ):
        console.print(scenario_table(client.list_scenarios(fit)))


@scenario_app.command()
def show(
    scenario: Scenario,
    *,
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """Show what was asked, and the plan that came out."""
    console = consoles.output()
    with reported_errors(consoles.errors()):
        with connect(console, address, token_file, workspace, ca_file) as client:
            kept = client.get_scenario(_full_name(client, scenario))
        console.print(f"[bold]{escape(kept.display_name)}[/] · {escape(kept.name)}", highlight=False)
        console.print(f"Of the fit {escape(kept.fit)}", highlight=False, soft_wrap=True)
        if kept.note:
            console.print(escape(kept.note), highlight=False)
        console.print(escape(question_sentence(kept)), highlight=False)
        answer = OptimizeBudgetResponse(plan=kept.plan, units=kept.units)
        console.print(plan_table(answer))
        for line in answer_lines(question_of(kept), answer):
            console.print(line, highlight=False)


@scenario_app.command()
def compare(
    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO…",
            help="2 to 10 scenarios, by resource name or its last part, beginning with the one that the "
            "others are held against.",
            show_default=False,
        ),
    ],
    *,
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """Hold scenarios against the first of them: outcome, spend and settings."""
    console = consoles.output()
    with reported_errors(consoles.errors()):
        with connect(console, address, token_file, workspace, ca_file) as client:
            found = client.compare_scenarios([_full_name(client, one) for one in scenarios])
        console.print(outcome_table(found))
        console.print(spend_table(found))
        if found.settings:
            console.print(setting_table(found))


@scenario_app.command()
def rerun(
    scenario: Scenario,
    *,
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """Answer a scenario's question again and say whether the plan is the same; nothing is overwritten."""
    console = consoles.output()
    with reported_errors(consoles.errors()):
        with connect(console, address, token_file, workspace, ca_file) as client:
            kept = client.get_scenario(_full_name(client, scenario))
            again = client.rerun_scenario(kept.name)
        console.print(plan_table(OptimizeBudgetResponse(plan=again.plan, units=again.units)))
        console.print(escape(rerun_sentence(kept, again)), highlight=False)


@scenario_app.command()
def delete(
    scenario: Scenario,
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """Delete a scenario."""
    console = consoles.output()
    with reported_errors(consoles.errors()):
        with connect(console, address, token_file, workspace, ca_file) as client:
            kept = client.get_scenario(_full_name(client, scenario))
            if not yes:
                typer.confirm(f"Delete the scenario {kept.display_name}?", abort=True)
            client.delete_scenario(kept.name, etag=kept.etag)
        console.print(f"Deleted {escape(kept.name)}.", highlight=False, soft_wrap=True)


def _full_name(client: Client, scenario: str) -> str:
    return scenario if "/" in scenario else f"{client.parent}/scenarios/{scenario}"
