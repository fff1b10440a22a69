"""What a stack remembers between runs: who it is and where it listens."""

import secrets
import socket
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mmm_local.errors import LocalStackError
from mmm_local.paths import StatePaths
from mmm_local.private_files import write_private

LOOPBACK = "127.0.0.1"
PREFERRED_PORTS = {"gateway": 7400, "ui": 8501}
PORT_OWNERS = ("gateway", "data", "fitting", "analysis", "optimizer", "ui")


class StackDescription(BaseModel):
    """Content of ``stack.json``.

    Attributes
    ----------
    stack_id : str
        Marks every process of this stack, in its environment.
    ports : dict
        Port of each process on loopback; kept as long as nobody else takes them.
    temporary : bool
        Whether the stack ends with its last user instead of by `stop`.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    stack_id: str = Field(default_factory=lambda: secrets.token_hex(16))
    ports: dict[str, int] = {}
    temporary: bool = False

    def address(self, owner: str) -> str:
        """``host:port`` of a process."""
        return f"{LOOPBACK}:{self.ports[owner]}"

    @property
    def ui_url(self) -> str:
        """Where a browser finds the UI."""
        return f"http://{self.address('ui')}"

    def with_free_ports(self) -> "StackDescription":
        """Choose ports that are not known yet, or taken by somebody else since."""
        ports: dict[str, int] = {}
        for owner in PORT_OWNERS:
            candidates = (self.ports.get(owner), PREFERRED_PORTS.get(owner))
            free = (p for p in candidates if p and p not in ports.values() and is_free(p))
            ports[owner] = next(free, None) or unused_port(set(ports.values()))
        return self.model_copy(update={"ports": ports})

    def save(self, path: Path) -> None:
        """Write to `path`."""
        write_private(path, self.model_dump_json(indent=2))


def load_description(paths: StatePaths) -> StackDescription | None:
    """Read the description; None for a folder in which no stack was started yet.

    Raises
    ------
    LocalStackError
        When the file is damaged.
    """
    try:
        text = paths.description.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    try:
        return StackDescription.model_validate_json(text)
    except ValidationError as error:
        raise LocalStackError(f"{paths.description} is damaged. Delete it and start again.") from error


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    try:
        socket.create_server((LOOPBACK, port)).close()
    except OSError:
        return False
    return True


def unused_port(avoid: set[int]) -> int:
    """Let the system choose a free loopback port outside `avoid`."""
    while True:
        with socket.create_server((LOOPBACK, 0)) as probe:
            port: int = probe.getsockname()[1]
        if port not in avoid:
            return port


@contextmanager
def reserved(ports: Iterable[int]) -> Iterator[None]:
    """Hold ports while somebody else chooses theirs."""
    with ExitStack() as held:
        for port in ports:
            held.enter_context(socket.create_server((LOOPBACK, port)))
        yield
