"""Pages of the app, run without a browser."""

from streamlit.testing.v1 import AppTest

from mmm_client import Client

PAGE_SECONDS = 60


def open_as_user(client: Client, name: str, dataset: str = "", **chosen: str) -> AppTest:
    """Open one page as a signed-in user, who chose a dataset, or something else of the session, before."""
    script = f"from mmm_ui.pages import {name}\n{name}.render()"
    app = AppTest.from_string(script, default_timeout=PAGE_SECONDS)
    app.session_state["client"] = client
    app.session_state["workspace"] = "default"
    if dataset:
        app.session_state["chosen_dataset"] = dataset
    for key, value in chosen.items():
        app.session_state[key] = value
    return app.run()
