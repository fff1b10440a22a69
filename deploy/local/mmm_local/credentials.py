"""Secrets of the local stack, made once and kept in files only their owner can read."""

import secrets
from pathlib import Path

from mmm_gateway.auth import issue_token
from mmm_local.paths import StatePaths
from mmm_local.private_files import write_private

LOCAL_ADMIN = "local-admin"
WORKSPACE = "default"


def gateway_secret(paths: StatePaths) -> str:
    """Secret by which the services know the gateway."""
    return _read(paths.gateway_secret) or _store(paths.gateway_secret, secrets.token_hex(32))


def admin_token(paths: StatePaths) -> str:
    """Token of the local administrator; issued again when its registry is gone."""
    known = _read(paths.admin_token)
    if known and paths.token_registry.exists():
        return known
    return _store(paths.admin_token, issue_token(paths.token_registry, LOCAL_ADMIN, {WORKSPACE: "admin"}))


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None


def _store(path: Path, secret: str) -> str:
    write_private(path, secret + "\n")
    return secret
