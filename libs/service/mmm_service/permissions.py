"""Who may do what: the permission a method declares, and the permissions a role has."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from google.protobuf.descriptor import ServiceDescriptor

from mmm.options.v1 import options_pb2
from mmm.options.v1.options_pb2 import PERMISSION_DELETE, PERMISSION_READ, PERMISSION_WRITE


class Role(StrEnum):
    """What a principal is in a workspace."""

    VIEWER = "viewer"
    ANALYST = "analyst"
    ADMIN = "admin"


ROLE_PERMISSIONS: Mapping[Role, frozenset[int]] = {
    Role.VIEWER: frozenset({PERMISSION_READ}),
    Role.ANALYST: frozenset({PERMISSION_READ, PERMISSION_WRITE}),
    Role.ADMIN: frozenset({PERMISSION_READ, PERMISSION_WRITE, PERMISSION_DELETE}),
}


class UndeclaredPermissionError(Exception):
    """A method declares no permission, so nobody can tell who may call it."""


def method_permissions(services: Iterable[ServiceDescriptor]) -> dict[str, int]:
    """Permission of every method, by its path ``/package.Service/Method``.

    Raises
    ------
    UndeclaredPermissionError
        When a method declares none.
    """
    permissions = {}
    for service in services:
        for method in service.methods:
            # The generated stub types the extension as a bare descriptor.
            permission: int = method.GetOptions().Extensions[options_pb2.permission]  # type: ignore[index]
            if not permission:
                raise UndeclaredPermissionError(f"{service.full_name}.{method.name} declares no permission")
            permissions[f"/{service.full_name}/{method.name}"] = permission
    return permissions


def allows(role: Role, permission: int) -> bool:
    """Whether a role has a permission."""
    return permission in ROLE_PERMISSIONS[role]
