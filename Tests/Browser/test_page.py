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


def test_a_moment_without_network_leaves_no_empty_page(open_page, sample):
    page = open_page(f"#/jobs/{sample}/pages/1?stage=layout")
    expect(page.locator(".layer-lines [data-kind]").first).to_be_attached()
    page.expected = ["ERR_FAILED"]
    page.route("**/checkpoints/layout/2", lambda route: route.abort())
    page.get_by_role("button", name="Next page").click()
    expect(page.locator("main .problem")).to_contain_text("cannot be reached")
    page.unroute("**/checkpoints/layout/2")
    page.get_by_role("button", name="Load again").click()
    expect(page.locator(".layer-lines [data-kind]").first).to_be_attached()
    expect(page.locator("main .problem")).to_have_count(0)


def test_what_is_chosen_stays_while_the_job_runs(open_page, server):
    job = server.upload(FIXTURES / "hello/source.pdf", "chosen.pdf")
    server.wait(job)
    page = open_page(f"#/jobs/{job}/pages/1?stage=ocr")
    steps = chosen_word(page, 1)
    with page.expect_response(re.compile("checkpoints/chunking"), timeout=15_000):
        rerun(server, job, "chunking", **{"chunking.size": 150})
    page.wait_for_timeout(500)
    expect(steps).to_have_count(1)
    expect(page.locator(".marks .chosen")).to_have_count(1)


def test_a_stage_that_a_page_does_not_show_is_not_asked_for(open_page, server):
    job = server.upload(FIXTURES / "hello/source.pdf", "unshown.pdf")
    server.wait(job)
    page = open_page(f"#/jobs/{job}/pages/1?stage=ocr")
    chosen_word(page, 1)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/checkpoints/" in request.url else None)
    rerun(server, job, "enrichment", **{"enrichment.keywords": 3})
    page.wait_for_timeout(1_000)
    assert asked == []
    with page.expect_request(re.compile("checkpoints/chunking"), timeout=15_000):
        rerun(server, job, "chunking", **{"chunking.size": 150})


def test_panning_leaves_what_is_chosen(open_page, sample):
    page = open_page(f"#/jobs/{sample}/pages/5?stage=ocr")
    chosen_word(page)
    before = page.locator(".chain").inner_text()
    for _ in range(3):
        page.get_by_role("button", name="Zoom in").click()
    view = page.get_by_role("region", name="Page image")
    box = view.bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    at = view.evaluate("view => view.scrollTop")
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] - 30, middle[1] - 80, steps=6)
    page.mouse.up()
    assert view.evaluate("view => view.scrollTop") > at + 40
    page.wait_for_timeout(200)
    assert page.locator(".chain").inner_text() == before
    # The next click chooses again.
    page.mouse.click(box["x"] + 3, box["y"] + 3)
    page.locator(".sheet-layers").dispatch_event("click")
    expect(page.locator(".chain")).to_have_count(0)


def test_the_current_element_and_hit_are_told_as_current(open_page, sample):
    page = open_page(f"#/jobs/{sample}/pages/2?stage=assembly")
    page.get_by_role("tab", name="Elements").click()
    page.locator(".element-button").nth(1).click()
    expect(page.locator(".element-button[aria-current='true']")).to_have_count(1)
    expect(page.locator(".element-button[aria-current]")).to_have_count(1)
    page.get_by_role("searchbox", name="Find in the document").fill("the horizon")
    expect(page.locator(".hit-button[aria-current='true']")).to_have_count(1, timeout=15_000)
