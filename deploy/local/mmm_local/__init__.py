"""The whole platform on one machine's loopback."""

from mmm_local.description import is_free, unused_port
from mmm_local.errors import LocalStackError
from mmm_local.paths import default_state_dir
from mmm_local.programs import ui_command
from mmm_local.stack import RunningStack, StackStatus, find_running, session, start, status, stop

__all__ = [
    "LocalStackError",
    "RunningStack",
    "StackStatus",
    "default_state_dir",
    "find_running",
    "is_free",
    "session",
    "start",
    "status",
    "stop",
    "ui_command",
    "unused_port",
]
