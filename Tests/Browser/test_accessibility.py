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


def look(page, place, sample):
    """Goes there and waits until it is filled."""
    page.evaluate("place => { location.hash = place; }", place.format(sample) or "#/")
    page.wait_for_timeout(800)


@pytest.mark.parametrize("scheme,width", [("light", 1440), ("dark", 1440), ("light", 360)])
def test_the_audit_finds_nothing(open_page, sample, scheme, width):
    page = open_page("", width=width, scheme=scheme, reduced=True)
    for place in VIEWS:
        look(page, place, sample)
        assert faults(page) == [], place
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{place} scrolls sideways"


@pytest.mark.parametrize("width", [320, 2560])
def test_the_narrowest_and_the_widest_screen_hold_every_view(open_page, sample, width):
    page = open_page("", width=width, reduced=True)
    for place in VIEWS:
        look(page, place, sample)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{place} scrolls sideways"


def test_nothing_moves_for_those_who_want_nothing_to_move(open_page, sample):
    page = open_page(f"#/jobs/{sample}", reduced=True)
    page.wait_for_timeout(500)
    assert page.evaluate("document.getAnimations().length") == 0


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
