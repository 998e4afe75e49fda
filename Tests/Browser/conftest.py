"""A browser, a server and a watchful page for every test: no console error, no violation of the policy, no request elsewhere."""

import os
import re
import subprocess
import sys
import time
import urllib.request
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PROGRAM = os.environ.get("SHEAF_TEST_PROGRAM", str(ROOT / ".build/debug/sheaf"))
CHROMIUM = os.environ.get("SHEAF_TEST_CHROMIUM", "/usr/bin/chromium")
FIXTURES = ROOT / "Tests/Fixtures"


class Server:
    """The stand-in, in a process of its own."""

    def __init__(self, data, *arguments):
        self.data, self.arguments, self.port, self.process = data, arguments, 0, None

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "fake_server.py"), "--sheaf", PROGRAM, "--data", str(self.data), "--port", str(self.port), *self.arguments],
            stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        assert self.address, "the stand-in did not start"
        self.port = urlsplit(self.address).port
        return self

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()

    def get(self, path):
        with urllib.request.urlopen(self.address + path) as answer:
            return json.load(answer)

    def post(self, path, body=b"{}"):
        with urllib.request.urlopen(urllib.request.Request(self.address + path, data=body, method="POST")) as answer:
            return json.load(answer)

    def job(self, name):
        return next(job["id"] for job in self.get("api/v1/jobs?limit=200")["jobs"] if job["name"] == name)

    def wait(self, job, status="completed"):
        until(lambda: self.get(f"api/v1/jobs/{job}")["status"] == status)


def until(check, seconds=60):
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "it did not come in time"
        time.sleep(0.1)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        # The tests run as root in containers, where Chromium's own sandbox cannot.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("jobs")).start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def sample(server, browser):
    """The sample, run once through all stages by the viewer itself."""
    page = browser.new_page()
    page.goto(server.address)
    page.set_input_files("input[type=file]", FIXTURES / "sample/source.pdf")
    page.get_by_role("link", name="Open the job").wait_for()
    page.close()
    job = server.job("source.pdf")
    server.wait(job)
    return job


WATCH = """
window.seen = { shifts: [], long: [], policy: [] };
addEventListener("securitypolicyviolation", (event) => seen.policy.push(event.violatedDirective + " " + event.blockedURI));
new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shifts.push([entry.value, entry.sources.map((each) => each.node?.className || each.node?.nodeName).join(' ')]); }).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.long.push({ at: entry.startTime, took: entry.duration }); }).observe({ type: "longtask", buffered: true });
"""


@pytest.fixture
def open_page(browser, server):
    """Opens pages that are watched; what a test expects to fail it names in `page.expected`."""
    contexts = []

    def open_page(place="", width=1440, height=900, scheme="light", reduced=False, address=None):
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce" if reduced else "no-preference")
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(WATCH)
        page.faults, page.expected = [], []
        page.on("console", lambda message: page.faults.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        home = address or server.address

        def seen(request):
            if urlsplit(request.url).netloc not in (urlsplit(home).netloc, "") and not request.url.startswith(("data:", "blob:")):
                page.faults.append(f"a request outside: {request.url}")
        page.on("request", seen)
        page.goto(home + place)
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            faults = [fault for fault in page.faults if not any(re.search(each, fault) for each in page.expected)]
            policy = page.evaluate("window.seen?.policy ?? []")
            assert not faults, faults
            assert not policy, policy
        context.close()
