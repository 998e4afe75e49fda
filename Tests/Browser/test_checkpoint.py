"""A checkpoint in the hand: what is changed is told as it was and as it is."""

import re

from playwright.sync_api import expect

from conftest import until


def test_each_edit_is_told_with_its_own_value(open_page, sample):
    page = open_page(f"#/jobs/{sample}/checkpoints/ocr/3?path=/payload/words/9/text")
    row = page.locator(".tree-row[aria-selected=true]")
    expect(row).to_contain_text("text")
    page.locator(".tree-box").focus()
    page.keyboard.press("Enter")
    page.locator("#edit-value").fill("Farness")
    page.keyboard.press("Enter")
    expect(page.locator(".edit-list li")).to_have_count(1)
    page.locator(".tree-box").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    until(lambda: "size" in row.inner_text())
    page.keyboard.press("Enter")
    page.locator("#edit-value").fill("99.5")
    page.get_by_role("button", name="Change", exact=True).click()
    edits = page.locator(".edit-list li")
    expect(edits).to_have_count(2)
    expect(edits.nth(0).locator("ins")).to_have_text('"Farness"')
    expect(edits.nth(1).locator("ins")).to_have_text("99.5")
    # Put back as it was, it is no edit any more.
    old = edits.nth(1).locator("del").inner_text()
    page.locator(".tree-box").focus()
    page.keyboard.press("Enter")
    page.locator("#edit-value").fill(old)
    page.get_by_role("button", name="Change", exact=True).click()
    expect(edits).to_have_count(1)


def test_only_what_is_pinned_is_told_as_pinned(open_page, sample):
    for place in ("regions/3", "ingest/3", "ocr/4"):
        page = open_page(f"#/jobs/{sample}/checkpoints/{place}")
        page.expected = ["404"]
        expect(page.locator(".tree-row").first).to_be_visible()
        expect(page.locator(".versions")).not_to_contain_text("Loading")
        expect(page.get_by_text(re.compile("content"))).not_to_have_count(0)
        expect(page.locator(".pin-mark:not([hidden])")).to_have_count(0)
