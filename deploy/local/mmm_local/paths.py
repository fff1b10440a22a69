"""The state folder of the embedded stack: where everything lives."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from mmm_local.errors import LocalStackError

SOCKET_PATH_LIMIT = 100
"""Bytes in the path of a unix socket that every supported system accepts."""


def default_state_dir() -> Path:
    """``MMM_HOME``, or the platform's folder for a user's data."""
    configured = os.environ.get("MMM_HOME")
    return Path(configured).expanduser() if configured else Path(platformdirs.user_data_dir("mmm-platform"))


@dataclass(frozen=True, slots=True)
class StatePaths:
    """Files and folders below `root`. Nobody but the owner may read any of them."""

    root: Path

    @classmethod
    def prepare(cls, state_dir: Path) -> "StatePaths":
        """Make the folder for its owner only.

        Raises
        ------
        LocalStackError
            When the folder cannot be made, belongs to somebody else, or its path is too long for a socket.
        """
        paths = cls(state_dir.expanduser().resolve())
        longest_socket = paths.object_store / "filer.sock"
        if len(os.fsencode(longest_socket)) > SOCKET_PATH_LIMIT:
            raise LocalStackError(f"The path {paths.root} is too long. Set MMM_HOME to a shorter one.")
        if "%" in str(paths.root):  # supervisord expands it, in some places twice
            raise LocalStackError(f"The path {paths.root} holds a '%'. Set MMM_HOME to one without.")
        try:
            for folder in (paths.root, paths.logs, paths.cache, paths.object_store):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                folder.chmod(0o700)
        except OSError as error:
            raise LocalStackError(
                f"The state folder {paths.root} cannot be used ({error.strerror}). "
                "Set MMM_HOME to a folder of yours."
            ) from error
        return paths

    @property
    def description(self) -> Path:
        """Ports and identity of the stack."""
        return self.root / "stack.json"

    @property
    def lock(self) -> Path:
        """Held while the stack is started or stopped."""
        return self.root / "stack.lock"

    @property
    def users(self) -> Path:
        """Held, shared, by everybody who works with a stack that ends with its last user."""
        return self.root / "users.lock"

    @property
    def supervisor_config(self) -> Path:
        """Configuration of supervisord, secrets included."""
        return self.root / "supervisord.conf"

    @property
    def control_socket(self) -> Path:
        """Unix socket supervisord is controlled through."""
        return self.root / "supervisor.sock"

    @property
    def supervisor_pid(self) -> Path:
        """Process id of supervisord."""
        return self.root / "supervisord.pid"

    @property
    def logs(self) -> Path:
        """Logs of all processes."""
        return self.root / "logs"

    @property
    def object_store(self) -> Path:
        """Data and keys of the embedded object store."""
        return self.root / "store"

    @property
    def cache(self) -> Path:
        """Read cache of artifacts; may be deleted while the stack is down."""
        return self.root / "cache"

    @property
    def gateway_secret(self) -> Path:
        """Secret the gateway shows to the services."""
        return self.root / "gateway-secret"

    @property
    def token_registry(self) -> Path:
        """Hashes of the tokens the gateway accepts."""
        return self.root / "tokens.json"

    @property
    def admin_token(self) -> Path:
        """Token of the local administrator of the workspace ``default``."""
        return self.root / "admin.token"
