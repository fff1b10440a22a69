"""On whose behalf a call is served. The gateway verifies the token; services trust the gateway."""

import json
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass

from mmm_core.errors import PermissionDenied, Unauthenticated
from mmm_service.permissions import Role, allows

SECRET_HEADER = "x-mmm-gateway-secret"  # noqa: S105 - the name of a header
PRINCIPAL_HEADER = "x-mmm-principal"
INTERNAL_HEADER_PREFIX = "x-mmm-"


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody whose token was verified.

    Attributes
    ----------
    subject : str
        Who it is.
    grants : mapping
        Role by workspace id.
    """

    subject: str
    grants: Mapping[str, Role]

    def to_header(self) -> str:
        """Write as the value of `PRINCIPAL_HEADER`."""
        return json.dumps({"subject": self.subject, "grants": dict(self.grants)})

    @classmethod
    def from_header(cls, text: str) -> "Principal":
        """Read the value of `PRINCIPAL_HEADER`; raises `Unauthenticated`."""
        try:
            data = json.loads(text)
            grants = {str(client): Role(role) for client, role in data["grants"].items()}
            return cls(str(data["subject"]), grants)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Unauthenticated("The call carries no readable principal.") from error

    def may(self, permission: int, client: str | None = None) -> bool:
        """Whether the permission is held in a workspace, or in any when none is named."""
        roles = (
            self.grants.values() if client is None else [self.grants[client]] if client in self.grants else []
        )
        return any(allows(role, permission) for role in roles)


@dataclass(frozen=True, slots=True)
class CallScope:
    """The call being served.

    Attributes
    ----------
    principal : Principal or None
        On whose behalf; None for the platform's own calls (health).
    permission : int
        What the method needs.
    """

    principal: Principal | None
    permission: int


current_call: ContextVar[CallScope] = ContextVar("current_call")


def require_workspace(client: str) -> None:
    """Let only those go on who hold the method's permission in the workspace ``clients/{client}``.

    Raises
    ------
    PermissionDenied
        When they do not. A workspace that does not exist gets the same answer.
    """
    scope = current_call.get()
    if scope.principal is None or not scope.principal.may(scope.permission, client):
        raise PermissionDenied(f"You may not do this in workspace {client!r}.")
