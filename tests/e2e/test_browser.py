"""The browser app in Chromium, once through: sign in, upload, configure, fit, read, plan."""

import shutil
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect, sync_playwright

import mmm_local
from tests.simulation import simulate

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FIT_MS, CALL_MS = 280_000, 60_000


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> tuple[Path, Path]:
    """A table and its configuration, as a user has them on disk."""
    simulation = simulate()
    folder = tmp_path_factory.mktemp("files")
    table, config = folder / "weekly sales.csv", folder / "model.yaml"
    simulation.table.to_csv(table, index=False)
    config.write_text(yaml.safe_dump(simulation.config.model_dump(mode="json", exclude_defaults=True)))
    return table, config


@pytest.fixture
def page(local_stack, tmp_path):
    """A page of the running app, with a picture of its last state among the test's files."""
    running = mmm_local.start(local_stack.state_dir, with_ui=True)
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=next((path for path in found if path), None), args=CHROMIUM_ARGUMENTS
        )
        page = browser.new_page(viewport={"width": 1440, "height": 1100})
        page.set_default_timeout(CALL_MS)
        expect.set_options(timeout=CALL_MS)
        page.goto(running.ui_url)
        yield page
        page.screenshot(path=tmp_path / "last.png", full_page=True)
        browser.close()


def sign_in(page: Page, token: str) -> None:
    page.get_by_role("textbox", name="Access token").fill(token)
    page.get_by_role("button", name="Sign in").click()


def visit(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()


@pytest.mark.timeout(600)
def read_offline(browser, report):
    """Open a report where there is no network, and see that it needs none."""
    context = browser.new_context(offline=True)
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.set_content(report.read_text(encoding="utf-8"))
    expect(page.get_by_role("heading", name="What to do")).to_be_visible()
    figures = page.locator("figure")
    assert figures.count() > 5
    for figure in figures.all():
        expect(figure.locator("> svg")).to_be_visible()
    assert not complaints
    context.close()


def test_the_whole_way_from_file_to_plan(page, local_stack, files):
    table, config = files
    sign_in(page, "not-a-token")
    expect(page.get_by_text("The token is not valid.")).to_be_visible()
    sign_in(page, local_stack.running.token)

    expect(page.get_by_role("heading", name="Upload", exact=True)).to_be_visible()
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(table)
    page.get_by_test_id("stMain").get_by_test_id("stButton").get_by_role("button", name="Upload").click()
    expect(page.get_by_text("Stored 104 rows and 8 columns.")).to_be_visible()

    visit(page, "Configure")
    page.get_by_role("tab", name="Configuration file").click()
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(config)
    expect(page.get_by_role("textbox", name="YAML or JSON")).to_have_value(config.read_text())
    page.get_by_role("button", name="Validate").click()
    expect(page.get_by_text("Nothing to complain about.")).to_be_visible()
    page.get_by_role("button", name="Start fit").click()

    expect(page.get_by_role("heading", name="Results", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    expect(page.get_by_text("ROI, all paid media")).to_be_visible(timeout=FIT_MS)
    expect(page.get_by_role("heading", name="What to do")).to_be_visible()
    expect(page.get_by_text("An experiment on")).to_be_visible()
    page.get_by_role("tab", name="Returns").click()
    expect(page.get_by_role("heading", name="ROI by channel")).to_be_visible()
    page.get_by_role("tab", name="Contributions").click()
    expect(page.get_by_role("heading", name="What made the KPI, period by period")).to_be_visible()
    page.get_by_role("tab", name="Health").click()
    expect(page.get_by_role("heading", name="Leave-one-out")).to_be_visible()

    visit(page, "Export")
    with page.expect_download() as report:
        page.get_by_role("button", name="Report").click()
    read_offline(page.context.browser, report.value.path())
    with page.expect_download() as posterior:
        page.get_by_role("button", name="posterior.nc").click()
    assert posterior.value.path().read_bytes().startswith(b"\x89HDF")

    visit(page, "Optimize")
    page.get_by_role("button", name="Find the best split").click()
    expect(page.get_by_text("Chance that it is better")).to_be_visible()
    expect(page.get_by_text("No plan that keeps these limits can bring more than")).to_be_visible()
    page.get_by_role("tab", name="Plan by hand").click()
    page.get_by_role("button", name="What does it come to?").click()
    expect(page.get_by_text("The settings have changed")).to_have_count(0)
    expect(page.get_by_text("Chance that it is better").locator("visible=true")).to_be_visible()
