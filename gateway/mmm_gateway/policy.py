"""Which method goes where and what it needs: pure functions of the contracts."""

from collections.abc import Mapping
from dataclasses import dataclass

from google.protobuf.descriptor import ServiceDescriptor

from mmm.analysis.v1 import analysis_service_pb2
from mmm.data.v1 import data_service_pb2
from mmm.fitting.v1 import fitting_service_pb2
from mmm.optimizer.v1 import optimizer_service_pb2
from mmm_core.errors import PermissionDenied
from mmm_service.permissions import method_permissions
from mmm_service.principal import Principal

SERVICES: Mapping[str, ServiceDescriptor] = {
    "data": data_service_pb2.DESCRIPTOR.services_by_name["DataService"],
    "fitting": fitting_service_pb2.DESCRIPTOR.services_by_name["FittingService"],
    "analysis": analysis_service_pb2.DESCRIPTOR.services_by_name["AnalysisService"],
    "optimizer": optimizer_service_pb2.DESCRIPTOR.services_by_name["OptimizerService"],
}


@dataclass(frozen=True, slots=True)
class Route:
    """Where a method is served.

    Attributes
    ----------
    backend : str
        Name of the service.
    permission : int
        What the caller needs.
    streaming : bool
        Whether either side streams.
    """

    backend: str
    permission: int
    streaming: bool


def build_routes() -> dict[str, Route]:
    """Route of every method, by its path; raises when a method declares no permission."""
    routes = {}
    for backend, service in SERVICES.items():
        permissions = method_permissions([service])
        for method in service.methods:
            path = f"/{service.full_name}/{method.name}"
            streaming = method.client_streaming or method.server_streaming
            routes[path] = Route(backend, permissions[path], streaming)
    return routes


def authorise(principal: Principal, route: Route) -> None:
    """Let only those through who hold the method's permission in some workspace.

    Requests pass as bytes here, so the workspace they name is checked by the service.

    Raises
    ------
    PermissionDenied
        When the principal holds it nowhere.
    """
    if not principal.may(route.permission):
        raise PermissionDenied("Your role does not allow this.")
