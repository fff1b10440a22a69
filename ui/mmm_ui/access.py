"""Who uses the app: sign-in, the client of the session, and how errors are shown."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import cast

import streamlit as st

from mmm_client import ApiError, Client

_CLIENT = "client"
_WORKSPACE = "workspace"


def is_signed_in() -> bool:
    """Whether the session has a client."""
    return _CLIENT in st.session_state


def client() -> Client:
    """Return the session's client."""
    return cast(Client, st.session_state[_CLIENT])


def sign_in_form() -> None:
    """Ask for a token, try it, and keep a client for the session."""
    st.title("MMM Platform")
    st.caption(
        "Bayesian marketing mix modelling: what every channel returns, and where its next euro stops paying."
    )
    with st.form("sign-in", width=520):
        token = st.text_input("Access token", type="password", help="`mmm up` prints where it is kept.")
        workspace = st.text_input("Workspace", value="default")
        sent = st.form_submit_button("Sign in", type="primary")
    if not sent:
        return
    candidate = Client(os.environ.get("MMM_ADDRESS", "127.0.0.1:7400"), token.strip(), workspace.strip())
    with showing_errors():
        next(iter(candidate.list_datasets()), None)
        st.session_state[_CLIENT] = candidate
        st.session_state[_WORKSPACE] = workspace.strip()
        st.rerun()


def sidebar() -> None:
    """Show where one is and the way out."""
    with st.sidebar:
        st.caption(f"Workspace **{st.session_state[_WORKSPACE]}**")
        if st.button("Sign out", type="tertiary", icon=":material/logout:"):
            client().close()
            st.session_state.clear()
            st.rerun()


@contextmanager
def showing_errors(named: Callable[[str], str] = str) -> Iterator[None]:
    """Show an error of the platform where the result would have been.

    Parameters
    ----------
    named : callable
        Says how people know a field.
    """
    try:
        yield
    except ApiError as error:
        lines = [
            f"- **{named(v.field)}** {v.message}" if v.field else f"- {v.message}" for v in error.violations
        ]
        st.error("\n".join(lines) if lines else error.message, icon=":material/error:")
