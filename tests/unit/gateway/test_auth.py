"""The token registry and the routing policy."""

import json
import stat

import pytest
from pydantic import ValidationError

from mmm_core.errors import PermissionDenied, Unauthenticated
from mmm_gateway.auth import TokenRegistry, issue_token
from mmm_gateway.policy import authorise, build_routes
from mmm_gateway.settings import GatewaySettings
from mmm_service.permissions import Role
from mmm_service.principal import Principal


def test_an_issued_token_is_known_and_never_written_down(tmp_path):
    path = tmp_path / "tokens.json"
    token = issue_token(path, "ana", {"default": "analyst"})

    principal = TokenRegistry(path).principal(token)

    assert principal == Principal("ana", {"default": Role.ANALYST})
    assert token not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_tokens_issued_and_revoked_later_take_effect_without_a_restart(tmp_path):
    path = tmp_path / "tokens.json"
    first = issue_token(path, "ana", {"default": "admin"})
    registry = TokenRegistry(path)
    second = issue_token(path, "bo", {"default": "viewer"})
    assert registry.principal(second).subject == "bo"

    path.write_text(json.dumps({"tokens": json.loads(path.read_text())["tokens"][1:]}))

    with pytest.raises(Unauthenticated):
        registry.principal(first)


@pytest.mark.parametrize(
    "content", ["", "[]", '{"tokens": [{"sha256": "short", "subject": "a", "grants": {}}]}']
)
def test_a_malformed_registry_is_refused_at_the_start(tmp_path, content):
    path = tmp_path / "tokens.json"
    path.write_text(content)

    with pytest.raises(ValueError, match="malformed"):
        TokenRegistry(path)


def test_every_method_of_every_service_has_a_route_and_a_permission():
    routes = build_routes()

    assert len(routes) == 10 + 17 + 12 + 11
    assert all(route.permission for route in routes.values())
    assert routes["/mmm.data.v1.DataService/UploadDataset"].streaming


@pytest.mark.parametrize(
    ("role", "method", "allowed"),
    [
        (Role.VIEWER, "/mmm.fitting.v1.FittingService/GetFit", True),
        (Role.VIEWER, "/mmm.fitting.v1.FittingService/CreateFit", False),
        (Role.ANALYST, "/mmm.fitting.v1.FittingService/CreateFit", True),
        (Role.ANALYST, "/mmm.fitting.v1.FittingService/DeleteFit", False),
        (Role.ADMIN, "/mmm.fitting.v1.FittingService/DeleteFit", True),
    ],
)
def test_roles_may_do_what_they_should(role, method, allowed):
    route = build_routes()[method]
    principal = Principal("somebody", {"default": role})

    if allowed:
        authorise(principal, route)
    else:
        with pytest.raises(PermissionDenied):
            authorise(principal, route)


def test_plain_text_is_refused_off_loopback(tmp_path):
    addresses = {f"{name}_address": "127.0.0.1:1" for name in ("data", "fitting", "analysis", "optimizer")}

    with pytest.raises(ValidationError, match="tls_certificate_file"):
        GatewaySettings(
            listen="0.0.0.0:7400", secret="s" * 32, tokens_file=tmp_path / "tokens.json", **addresses
        )
