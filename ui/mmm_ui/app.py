"""Entry of the Streamlit app: sign-in and navigation."""

import streamlit as st

from mmm_ui import access
from mmm_ui.pages import (
    combine,
    compare,
    configure,
    cross_validate,
    export,
    forecast,
    optimize,
    results,
    scenarios,
    upload,
)
from mmm_ui.state import remember_pages


def main() -> None:
    """Draw the page a signed-in user chose, or the sign-in form."""
    st.set_page_config(page_title="MMM Platform", page_icon="📈", layout="wide")
    if not access.is_signed_in():
        # Without navigation of ours, Streamlit would list the files of the folder `pages`.
        st.navigation([st.Page(access.sign_in_form, title="Sign in")], position="hidden").run()
        return
    pages = (
        st.Page(
            upload.render, title="Upload", url_path="upload", icon=":material/upload_file:", default=True
        ),
        st.Page(configure.render, title="Configure", url_path="configure", icon=":material/tune:"),
        st.Page(results.render, title="Results", url_path="results", icon=":material/insights:"),
        st.Page(forecast.render, title="Forecast", url_path="forecast", icon=":material/trending_up:"),
        st.Page(optimize.render, title="Optimize", url_path="optimize", icon=":material/savings:"),
        st.Page(scenarios.render, title="Scenarios", url_path="scenarios", icon=":material/bookmarks:"),
        st.Page(compare.render, title="Compare", url_path="compare", icon=":material/compare_arrows:"),
        st.Page(combine.render, title="Combine", url_path="combine", icon=":material/join:"),
        st.Page(
            cross_validate.render,
            title="Cross-validate",
            url_path="cross-validate",
            icon=":material/event_repeat:",
        ),
        st.Page(export.render, title="Export", url_path="export", icon=":material/download:"),
    )
    page = st.navigation(list(pages))
    remember_pages(pages)
    access.sidebar()
    page.run()


if __name__ == "__main__":
    main()
