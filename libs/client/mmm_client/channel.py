"""The channel to the gateway: address, encryption, token, keepalive and retries."""

import ipaddress
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import grpc

KEEPALIVE_MS = 30_000

# Repeating these is safe: they store nothing, or carry a request id that makes the server answer with
# the first call's result. Uploads and watches are repeated by their own modules, from where they stood.
_RETRIED_METHODS = {
    "mmm.data.v1.DataService": (
        "GetDataset",
        "ListDatasets",
        "PreviewDataset",
        "ProfileDataset",
        "ValidateDataset",
        "SuggestConfig",
        "DescribeDataset",
    ),
    "mmm.fitting.v1.FittingService": (
        "CreateModel",
        "GetModel",
        "ListModels",
        "CreateFit",
        "GetFit",
        "ListFits",
        "CancelFit",
    ),
    "mmm.analysis.v1.AnalysisService": (
        "GetContributions",
        "GetChannelResults",
        "GetResponseCurves",
        "GetCarryover",
        "GetSummary",
        "CompareFits",
        "GetCombinedResults",
        "GetLiftTests",
        "GetSignalEffects",
        "ForecastKpi",
        "GetDiagnostics",
    ),
    "mmm.optimizer.v1.OptimizerService": (
        "OptimizeBudget",
        "FindBudget",
        "EvaluatePlan",
        "GetFrontier",
        "CreateScenario",
        "GetScenario",
        "ListScenarios",
        "RerunScenario",
        "CompareScenarios",
    ),
}
_RETRY_POLICY = {
    "maxAttempts": 5,
    "initialBackoff": "0.5s",
    "maxBackoff": "4s",
    "backoffMultiplier": 2,
    "retryableStatusCodes": ["UNAVAILABLE"],
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the gateway is and whether the way to it is encrypted.

    Attributes
    ----------
    target : str
        ``host:port``.
    encrypted : bool
        Whether TLS is spoken.
    """

    target: str
    encrypted: bool

    @classmethod
    def parse(cls, address: str) -> "Endpoint":
        """Read ``host:port``, ``http://host:port`` or ``https://host:port``.

        Without a scheme, loopback is spoken to in plain text and everything else encrypted, so that a
        token never crosses a network in plain text by accident.

        Raises
        ------
        ValueError
            When the address has no port or carries a path.
        """
        scheme, separator, rest = address.strip().rpartition("://")
        host, colon, port = rest.rstrip("/").rpartition(":")
        if not (host and colon and port.isdigit()) or "/" in host or scheme not in {"", "http", "https"}:
            raise ValueError(f"{address!r} is not an address of the form host:port.")
        encrypted = scheme == "https" if separator else not _is_loopback(host)
        return cls(f"{host}:{port}", encrypted)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def open_channel(address: str, token: str, ca_file: Path | None = None) -> grpc.Channel:
    """Open a channel that authenticates every call; connects with the first call.

    Parameters
    ----------
    address : str
        See `Endpoint.parse`.
    token : str
        Bearer token.
    ca_file : Path, optional
        PEM file of the authorities that sign the gateway's certificate; encrypts whatever the address
        says. Default: the system's authorities.

    Raises
    ------
    ValueError
        When the address cannot be read.
    """
    endpoint = Endpoint.parse(address)
    options: list[tuple[str, str | int]] = [
        ("grpc.keepalive_time_ms", KEEPALIVE_MS),
        ("grpc.keepalive_timeout_ms", 10_000),
        ("grpc.enable_retries", 1),
        ("grpc.service_config", _service_config()),
    ]
    if not endpoint.encrypted:
        options.append(("grpc.enable_http_proxy", 0))  # a proxy cannot reach this machine's loopback
    if endpoint.encrypted or ca_file is not None:
        roots = ca_file.read_bytes() if ca_file is not None else None
        channel = grpc.secure_channel(endpoint.target, grpc.ssl_channel_credentials(roots), options)
    else:
        channel = grpc.insecure_channel(endpoint.target, options)
    return grpc.intercept_channel(channel, _Authorize(token))


def _service_config() -> str:
    names = [{"service": s, "method": m} for s, methods in _RETRIED_METHODS.items() for m in methods]
    return json.dumps({"methodConfig": [{"name": names, "retryPolicy": _RETRY_POLICY}]})


class _CallDetails(NamedTuple):
    """The fields of `grpc.ClientCallDetails`, which cannot be instantiated itself."""

    method: str
    timeout: float | None
    metadata: tuple[tuple[str, str | bytes], ...]
    credentials: grpc.CallCredentials | None
    wait_for_ready: bool | None
    compression: grpc.Compression | None


class _Authorize(
    grpc.UnaryUnaryClientInterceptor,
    grpc.UnaryStreamClientInterceptor,
    grpc.StreamUnaryClientInterceptor,
    grpc.StreamStreamClientInterceptor,
):
    """Adds the token to every call; gRPC's own call credentials refuse to work on loopback plain text."""

    def __init__(self, token: str) -> None:
        self._metadata = (("authorization", f"Bearer {token}"),)

    def _authorized(self, details: Any) -> _CallDetails:
        return _CallDetails(
            details.method,
            details.timeout,
            (*(details.metadata or ()), *self._metadata),
            details.credentials,
            details.wait_for_ready,
            details.compression,
        )

    def intercept_unary_unary(
        self, continuation: Callable[..., Any], client_call_details: Any, request: Any
    ) -> Any:
        return continuation(self._authorized(client_call_details), request)

    def intercept_unary_stream(
        self, continuation: Callable[..., Any], client_call_details: Any, request: Any
    ) -> Any:
        return continuation(self._authorized(client_call_details), request)

    def intercept_stream_unary(
        self, continuation: Callable[..., Any], client_call_details: Any, request_iterator: Any
    ) -> Any:
        return continuation(self._authorized(client_call_details), request_iterator)

    def intercept_stream_stream(
        self, continuation: Callable[..., Any], client_call_details: Any, request_iterator: Any
    ) -> Any:
        return continuation(self._authorized(client_call_details), request_iterator)
