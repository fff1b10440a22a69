"""What the service asks of whatever runs workers."""

from typing import Protocol

from mmm_core.names import FitName


class Launcher(Protocol):
    """Starts, finds and stops workers. A worker is known by its fit and attempt alone."""

    def launch(self, name: FitName, attempt: int) -> None:
        """Start a worker."""
        ...

    def is_alive(self, name: FitName, attempt: int) -> bool:
        """Whether the worker runs, whoever started it."""
        ...

    def stop(self, name: FitName, attempt: int) -> None:
        """Tell the worker to stop, and end it when it does not; returns when it has ended."""
        ...
