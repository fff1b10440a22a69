"""Live progress of uploads and fits: bars on a terminal, plain lines elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from mmm.fitting.v1.fitting_pb2 import FIT_STATE_QUEUED, ChainProgress, Fit, FitStage
from mmm_client.uploads import ProgressCallback

_LINE_EVERY_PERCENT = 25


def stage_name(fit: Fit) -> str:
    """What happens to a fit, in a word."""
    if fit.state == FIT_STATE_QUEUED:
        return "queued"
    name = FitStage.Name(fit.progress.stage).removeprefix("FIT_STAGE_").lower()
    return "running" if name == "unspecified" else name


class FitDisplay(Protocol):
    """Shows snapshots of a fit."""

    def show(self, fit: Fit) -> None:
        """Show the newest snapshot."""


@contextmanager
def fit_display(console: Console) -> Iterator[FitDisplay]:
    """Choose the display that suits the console."""
    if not console.is_terminal:
        yield _Lines(console)
        return
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TextColumn("{task.fields[detail]}"),
        TimeElapsedColumn(),
        console=console,
    ) as progress:
        yield _Bars(progress)


class _Bars:
    """A line for the stage and a bar per chain."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._stage = progress.add_task("fit", total=None, detail="")
        self._chains: dict[int, TaskID] = {}

    def show(self, fit: Fit) -> None:
        self._progress.update(self._stage, description=f"fit: {stage_name(fit)}")
        for chain in fit.progress.chains:
            if chain.chain not in self._chains:
                self._chains[chain.chain] = self._progress.add_task(f"chain {chain.chain + 1}", detail="")
            self._progress.update(
                self._chains[chain.chain],
                completed=chain.finished_draws,
                total=chain.total_draws,
                detail=_chain_detail(chain),
            )


class _Lines:
    """A line per stage, and one for every quarter of the sampling."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._last = ""

    def show(self, fit: Fit) -> None:
        line = stage_name(fit)
        done = sum(chain.finished_draws for chain in fit.progress.chains)
        total = sum(chain.total_draws for chain in fit.progress.chains)
        if line == "sampling" and total:
            quarter = 100 * done // total // _LINE_EVERY_PERCENT * _LINE_EVERY_PERCENT
            line = f"sampling, {quarter} % of {len(fit.progress.chains)} chains"
        if line != self._last:
            self._last = line
            self._console.print(f"fit: {line}", highlight=False)


def _chain_detail(chain: ChainProgress) -> str:
    phase = "adapting" if chain.tuning else "drawing"
    divergences = f", {chain.divergences} divergences" if chain.divergences else ""
    return f"{chain.finished_draws}/{chain.total_draws} {phase}{divergences}"


@contextmanager
def upload_display(console: Console) -> Iterator[ProgressCallback | None]:
    """Show a bar on a terminal and nothing elsewhere."""
    if not console.is_terminal:
        yield None
        return
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("upload", total=None)
        yield lambda sent, total: progress.update(task, completed=sent, total=total)
