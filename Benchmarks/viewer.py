"""How long the viewer holds the browser's main thread, told by performance traces of a real Chromium.

Run by `script/bench --viewer` through pytest, with the pages and servers of the browser tests. Times are of the
processor and not of the clock: what other programs do meanwhile is not the page's doing.
"""

import json
import os
import sys
from pathlib import Path

from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Tests/Browser"))
from conftest import (  # noqa: E402, F401
    browser,
    heap_of,
    open_page,
    sample,
    server,
    stand_in,
    ten_megabytes,
    ten_thousand_jobs,
)

FRAME = 1000 / 60  # milliseconds of the screen
HALT = 50  # milliseconds from which people feel that a page halts


class Trace:
    """The tasks of the page's main thread, in milliseconds of processor time."""

    def __init__(self, browser, page):
        self.browser, self.page, self.tasks = browser, page, []

    def __enter__(self):
        self.browser.start_tracing(page=self.page, categories=["toplevel"])
        return self

    def __exit__(self, *_):
        events = json.loads(self.browser.stop_tracing())["traceEvents"]
        main = {(event["pid"], event["tid"]) for event in events if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"}
        self.tasks = [event["tdur"] / 1000 for event in events if event.get("ph") == "X" and event["name"].endswith("RunTask") and (event["pid"], event["tid"]) in main and "tdur" in event]
        assert self.tasks, "the trace is empty"

    def tell(self, what, **more):
        """One line of figures, and a failure where a task was felt."""
        longest = max(self.tasks)
        print("\n" + json.dumps({"what": what, "tasks": len(self.tasks), "longest_ms": round(longest, 1), **more}))
        assert longest <= HALT, f"{what}: a task of {longest:.0f} ms"


def test_ten_thousand_jobs_scroll(browser, open_page, stand_in):  # noqa: F811
    page = ten_thousand_jobs(open_page, stand_in)
    with Trace(browser, page) as trace:
        frames = page.evaluate("""() => new Promise((done) => {
          let frames = 0; let y = scrollY;
          const step = () => { frames += 1; y -= 900; scrollTo(0, y); if (y > 0) requestAnimationFrame(step); else done(frames); };
          requestAnimationFrame(step);
        })""")
    per_frame = sum(trace.tasks) / frames
    # Every frame shows 26 other rows; scrolling by hand shows one or two.
    trace.tell("10,000 jobs scrolled a screen a frame", frames=frames, per_frame_ms=round(per_frame, 2))
    assert per_frame < FRAME, f"{per_frame:.1f} ms a frame"


def test_a_thousand_pages_at_two_thousand_events_a_second(browser, open_page, stand_in):  # noqa: F811
    seconds = 600 if os.environ.get("SHEAF_LONG") else 20
    stand_in.post(f"fake/flood?pages=1000&rate=2000&seconds={seconds}")
    page = open_page("#/jobs/flood", address=stand_in.address)
    expect(page.locator(".heat-table tr", has_text="render").locator("td").first).to_contain_text("/1,000", timeout=15_000)
    page.wait_for_timeout(3_000)
    heap = heap_of(page)
    first = heap()
    with Trace(browser, page) as trace:
        page.wait_for_timeout(5_000)
    page.wait_for_timeout((seconds - 14) * 1_000)
    trace.tell("1,000 pages, 2,000 events a second", heap_bytes=[first, heap()], seconds=seconds)


def test_ten_megabytes_of_json(browser, open_page, sample):  # noqa: F811
    page, address = ten_megabytes(open_page, sample)
    with Trace(browser, page) as trace:
        page.goto(address)
        page.locator(".tree-row", has_text="words").wait_for()
        page.get_by_role("searchbox", name="Find a key or value").fill("word69999")
        page.keyboard.press("Enter")
        expect(page.locator(".tree-row[aria-selected=true]")).to_contain_text("word69999", timeout=15_000)
    trace.tell("10 MB of JSON opened and searched")
