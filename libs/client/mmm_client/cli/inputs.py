"""Options that several commands have: what to fit, and in spite of what."""

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[
    Path,
    typer.Option("--data", exists=True, dir_okay=False, readable=True, help="CSV, Excel or Parquet file."),
]
Config = Annotated[
    Path,
    typer.Option("--config", exists=True, dir_okay=False, readable=True, help="YAML or JSON configuration."),
]
Acknowledge = Annotated[
    list[str] | None,
    typer.Option(metavar="CODE", help="Fit in spite of the warnings of this code; may be repeated."),
]
