"""What validation found, and the user's word on its warnings."""

import streamlit as st

from mmm.common.v1.common_pb2 import SEVERITY_ERROR, Finding
from mmm_client.findings import warning_codes
from mmm_ui.tables import findings_table


def has_errors(findings: list[Finding]) -> bool:
    """Whether something stands against a fit."""
    return any(finding.severity == SEVERITY_ERROR for finding in findings)


def show_findings(findings: list[Finding]) -> None:
    """Draw what validation found."""
    if not findings:
        st.success("Nothing to complain about.", icon=":material/check:")
        return
    if has_errors(findings):
        st.error("Errors must be resolved before a fit.", icon=":material/error:")
    elif warning_codes(findings):
        st.warning("A fit can run once you accept the warnings.", icon=":material/warning:")
    else:
        st.success("A fit can run; read the remarks.", icon=":material/check:")
    st.dataframe(findings_table(findings), hide_index=True)


def accepted_codes(findings: list[Finding]) -> list[str]:
    """Let people tick what they accept; returns the codes of the ticked warnings."""
    if has_errors(findings):
        return []
    accepted = []
    for code in warning_codes(findings):
        same = [finding for finding in findings if finding.code == code]
        # The key holds the messages, so that a tick counts for what was read and not for what comes later.
        key = f"accept {code} {[finding.message for finding in same]}"
        if st.checkbox(f"I accept `{code}` ({len(same)}): {same[0].why}", key=key):
            accepted.append(code)
    return accepted
