"""axe's audit of every view: names, roles, contrast; WCAG 2.2 A and AA. Nothing may be wrong."""

import pytest
from axe_playwright_python.sync_playwright import Axe

AXE = Axe()
TAGS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
VIEWS = ["", "#/jobs/{}", "#/jobs/{}/pages/5?stage=tables", "#/jobs/{}/result", "#/jobs/{}/result?show=tables", "#/jobs/{}/result?show=fields", "#/jobs/{}/result?show=chunks", "#/jobs/{}/result?show=json",
         "#/jobs/{}/result?show=files", "#/jobs/{}/checkpoints/ocr/3", "#/jobs/{}/changes", "#/system"]


def faults(page):
    found = AXE.run(page, options=TAGS).response["violations"]
    return [(each["id"], [node["html"][:160] + " " + (node.get("failureSummary") or "")[:200] for node in each["nodes"][:3]]) for each in found]


@pytest.mark.parametrize("scheme,width", [("light", 1440), ("dark", 1440), ("light", 360)])
@pytest.mark.parametrize("place", VIEWS)
def test_the_audit_finds_nothing(open_page, sample, place, scheme, width):
    page = open_page(place.format(sample), width=width, scheme=scheme, reduced=True)
    page.wait_for_timeout(1_500)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dialogs_are_sound_too(open_page, sample, scheme):
    page = open_page(f"#/jobs/{sample}", scheme=scheme, reduced=True)
    page.get_by_role("button", name="Rerun").click()
    page.wait_for_timeout(1_500)
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.locator("main").focus()
    page.keyboard.press("?")
    assert faults(page) == []


def test_the_options_of_an_upload_are_sound(open_page, server):
    page = open_page("", reduced=True)
    page.get_by_text("Options").click()
    page.get_by_text("Formats").wait_for()
    for summary in page.locator(".option-stage summary").all():
        summary.click()
    assert faults(page) == []
