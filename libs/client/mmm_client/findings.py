"""What a program does with findings."""

from collections.abc import Iterable

from mmm.common.v1.common_pb2 import SEVERITY_WARNING, Finding


def warning_codes(findings: Iterable[Finding]) -> list[str]:
    """Codes of the warnings, each once: what `Client.start_fit` wants acknowledged."""
    return list(dict.fromkeys(f.code for f in findings if f.severity == SEVERITY_WARNING))
