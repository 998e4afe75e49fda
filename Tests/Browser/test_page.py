"""A page and what is known of it: chosen, moved about, and told anew while its job runs."""

import json
import re

from playwright.sync_api import expect

from conftest import FIXTURES, until


def rerun(server, job, stage, **options):
    """Runs a stage again; what another job has found out with the same options is reused."""
    server.post(f"api/v1/jobs/{job}/rerun", json.dumps({"stages": [stage], "options": options}).encode())
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
    attempts = lambda: server.get(f"api/v1/jobs/{job}/checkpoints?stage=enrichment")["checkpoints"][0]["attempts"]
    before = attempts()
    rerun(server, job, "enrichment", **{"enrichment.keywords": 3})
    until(lambda: attempts() > before)
    page.wait_for_timeout(1_000)
    assert asked == []
    # Whether it is made anew or was found ready.
    with page.expect_request(re.compile("checkpoints/chunking"), timeout=15_000):
        rerun(server, job, "chunking", **{"chunking.size": 210})
    with page.expect_request(re.compile("checkpoints/chunking"), timeout=15_000):
        rerun(server, job, "chunking", **{"chunking.size": 220})
    with page.expect_request(re.compile("checkpoints/chunking"), timeout=15_000):
        rerun(server, job, "chunking", **{"chunking.size": 210})


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


def test_a_thousand_thumbnails_are_drawn_a_window_at_a_time(open_page, stand_in):
    stand_in.post("fake/flood?pages=1000&rate=10&seconds=1")
    page = open_page(address=stand_in.address)
    page.expected = ["404"]
    page.evaluate("location.hash = '#/jobs/flood/pages/1'")
    thumbs = page.locator(".thumb")
    expect(thumbs.first).to_be_visible()
    assert 5 < thumbs.count() < 60
    page.get_by_label("Page", exact=True).fill("900")
    page.keyboard.press("Enter")
    expect(page.locator(".thumb[aria-current='true']")).to_have_text("Page 900")
    expect(page.locator(".thumb[aria-current='true']")).to_be_in_viewport()
    assert 5 < thumbs.count() < 60
    page.locator(".thumb-column").evaluate("column => { column.scrollTop = column.scrollHeight; }")
    last = page.locator(".thumb", has_text="Page 1000")
    expect(last).to_be_in_viewport()
    last.click()
    expect(page.get_by_label("Page", exact=True)).to_have_value("1000")


def test_long_markdown_is_drawn_a_window_at_a_time(open_page, sample):
    page = open_page(f"#/jobs/{sample}/pages/5?stage=ocr")
    text = "\n".join(f"line {number} " + "of a long book " * (number % 23) for number in range(1, 60_001))
    page.context.route("**/result?format=md", lambda route: route.fulfill(body=text, content_type="text/markdown"))
    trace = {"matches": [{"elements": [], "exports": [{"format": "md", "line": 41_000}]}]}
    page.context.route("**/trace?*", lambda route: route.fulfill(body=json.dumps(trace), content_type="application/json"))
    chosen_word(page)
    page.get_by_role("tab", name="Markdown").click()
    lines = page.locator(".source-line")
    expect(page.locator(".source-chosen")).to_have_count(1)
    expect(page.locator(".source-chosen")).to_contain_text("line 41000 ")
    expect(page.locator(".source-chosen")).to_be_in_viewport()
    assert 20 < lines.count() < 1_000
    panel = page.locator(".tab-panel:not([hidden])")
    panel.evaluate("panel => { panel.scrollTop = panel.scrollHeight; }")
    page.wait_for_timeout(300)
    panel.evaluate("panel => { panel.scrollTop = panel.scrollHeight; }")
    expect(page.locator(".source-line", has_text="line 60000 ")).to_be_in_viewport()
    panel.evaluate("panel => { panel.scrollTop = 0; }")
    page.wait_for_timeout(300)
    panel.evaluate("panel => { panel.scrollTop = 0; }")
    expect(page.locator(".source-line", has_text=re.compile("^line 1 "))).to_be_in_viewport()
    # Wheel by wheel every line passes by, none twice.
    page.mouse.move(panel.bounding_box()["x"] + 50, panel.bounding_box()["y"] + 50)
    seen = []
    for _ in range(40):
        page.mouse.wheel(0, 300)
        page.wait_for_timeout(40)
        first, last = page.evaluate("""() => { const rows = [...document.querySelectorAll('.source-line')]; const box = document.querySelector('.tab-panel:not([hidden])').getBoundingClientRect();
          const shown = rows.filter((row) => { const { top, bottom } = row.getBoundingClientRect(); return bottom > box.top && top < box.bottom; }).map((row) => Number(row.dataset.line)); return [shown[0], shown.at(-1)]; }""")
        seen.append((first, last))
    for (_, before), (after, _) in zip(seen, seen[1:]):
        assert after <= before + 1, seen
    assert seen[-1][0] > seen[0][0] + 100
    assert lines.count() < 1_000
