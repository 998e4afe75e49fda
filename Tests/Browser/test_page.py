"""A page and what is known of it: chosen, moved about, and told anew while its job runs."""

import json
import re

from playwright.sync_api import expect

from conftest import FIXTURES, until


def rerun(server, job, stage, **options):
    server.post(f"api/v1/jobs/{job}/rerun", json.dumps({"stages": [stage], "options": options}).encode())
    until(lambda: server.get(f"api/v1/jobs/{job}/checkpoints?stage={stage}")["checkpoints"][0]["attempts"] == 2)
    server.wait(job)


def chosen_word(page, index=10):
    page.locator(f".word[data-index='{index}']").click()
    steps = page.locator(".chain .chain-what", has_text=re.compile("^word$"))
    expect(steps).to_have_count(1)
    return steps


def test_the_current_element_and_hit_are_told_as_current(open_page, sample):
    page = open_page(f"#/jobs/{sample}/pages/2?stage=assembly")
    page.get_by_role("tab", name="Elements").click()
    page.locator(".element-button").nth(1).click()
    expect(page.locator(".element-button[aria-current='true']")).to_have_count(1)
    expect(page.locator(".element-button[aria-current]")).to_have_count(1)
    page.get_by_role("searchbox", name="Find in the document").fill("the horizon")
    expect(page.locator(".hit-button[aria-current='true']")).to_have_count(1, timeout=15_000)
