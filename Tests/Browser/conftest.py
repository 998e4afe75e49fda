"""A browser, a server and a watchful page for every test: no console error, no violation of the policy, no request elsewhere."""

import atexit
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PROGRAM = os.environ.get("SHEAF_TEST_PROGRAM", str(ROOT / ".build/debug/sheaf"))
CHROMIUM = os.environ.get("SHEAF_TEST_CHROMIUM", "/usr/bin/chromium")
FIXTURES = ROOT / "Tests/Fixtures"


class Process:
    """A server in a process of its own, asked over its real socket."""

    def __init__(self):
        self.process, self.address, self.port = None, "", 0
        self.headers = {}
        # Also where a test fails before it ends it.
        atexit.register(self.stop)

    def stop(self):
        """Ends it at once, as a crash does."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def ask(self, method, path, body=None, headers=None):
        request = urllib.request.Request(self.address + path, data=body, method=method, headers={**self.headers, **(headers or {})})
        with urllib.request.urlopen(request) as answer:
            content = answer.read()
        return json.loads(content) if content else None

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, body=b"{}"):
        return self.ask("POST", path, body, {"Content-Type": "application/json"})


class Server(Process):
    """`sheaf serve` as people run it. A port, once it has one, stays the same over restarts."""

    def __init__(self, folder, *settings):
        super().__init__()
        self.folder, self.settings = Path(folder), settings

    @property
    def data(self):
        return self.folder / "data"

    def start(self):
        log = self.folder / f"server-{time.monotonic_ns()}.log"
        # What a test shows must not hang on the room that is left on the disk it runs on.
        settings = ("limits.free_disk=16", "retention.low_disk=0", *self.settings)
        arguments = [argument for setting in settings for argument in ("--set", setting)]
        with log.open("wb") as output:
            self.process = subprocess.Popen([PROGRAM, "serve", "--listen", f"127.0.0.1:{self.port}", "--data", str(self.data), *arguments], stdin=subprocess.DEVNULL, stderr=output)
        until(lambda: self.process.poll() is not None or '"message":"listening"' in log.read_text())
        assert self.process.poll() is None, log.read_text()
        found = re.search(r'"addresses":"127\.0\.0\.1:(\d+)', log.read_text())
        self.port = int(found[1])
        self.address = f"http://127.0.0.1:{self.port}/"
        until(self._is_ready)
        return self

    def _is_ready(self):
        try:
            return urllib.request.urlopen(self.address + "health/ready").status == 200
        except urllib.error.HTTPError:
            return False

    def add_key(self, name="ada", role="admin"):
        made = subprocess.run([PROGRAM, "keys", "add", name, "--role", role, "--data", str(self.data)], capture_output=True, text=True, check=True)
        return made.stdout.strip()

    def upload(self, source, name=None, **options):
        """Submits a document past the browser; gives its job."""
        source = Path(source)
        path = f"api/v1/documents?name={quote(name or source.name)}&formats=md,json"
        for key, value in options.items():
            path += f"&{key}={quote(value)}"
        return self.ask("POST", path, source.read_bytes(), {"Content-Type": "application/octet-stream"})["job_id"]

    def job(self, name):
        return next(job["id"] for job in self.get("api/v1/jobs?limit=200")["jobs"] if job["name"] == name)

    def wait(self, job, status="completed", seconds=120):
        until(lambda: self.get(f"api/v1/jobs/{job}")["status"] == status, seconds)


class StandIn(Process):
    """Plays what a real server cannot be made to do in a moment: ten thousand jobs, two thousand events a second."""

    def start(self):
        self.process = subprocess.Popen([sys.executable, str(HERE / "fake_server.py")], stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        assert self.address, "the stand-in did not start"
        self.port = urlsplit(self.address).port
        return self


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
    server = Server(tmp_path_factory.mktemp("server")).start()
    yield server
    server.stop()


@pytest.fixture
def stand_in():
    stand_in = StandIn().start()
    yield stand_in
    stand_in.stop()


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


def heap_of(page):
    """How many bytes of JavaScript's heap a page needs, asked for when wanted."""
    session = page.context.new_cdp_session(page)

    def heap():
        session.send("HeapProfiler.collectGarbage")
        return session.send("Runtime.getHeapUsage")["usedSize"]

    return heap


def ten_thousand_jobs(open_page, stand_in):
    """A home page that has all of ten thousand jobs in its list."""
    stand_in.post("fake/many?count=10000")
    page = open_page(address=stand_in.address)
    expect(page.locator(".rows .job-row").first).to_be_visible()
    for _ in range(200):
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        page.wait_for_timeout(40)
        if page.locator(".filters .quiet").inner_text() == "10,000 jobs":
            break
    expect(page.locator(".filters .quiet")).to_have_text("10,000 jobs")
    page.wait_for_timeout(300)
    return page


def ten_megabytes(open_page, sample):
    """A page of the viewer for which one checkpoint has over ten megabytes, and that checkpoint's address."""
    word = {"box": {"bottom": 1.5, "left": 2, "right": 3, "top": 4}, "confidence": 0.97, "joinsNext": False, "size": 10, "source": "recognition", "text": "lighthouse", "turn": 0}
    big = json.dumps({"content": "sha256:00", "format": "sheaf.checkpoint/1", "payload": {"words": [dict(word, text=f"word{number}") for number in range(70_000)]}, "stage": "ocr", "version": 1})
    assert len(big) > 10_000_000
    page = open_page(f"#/jobs/{sample}")
    page.wait_for_timeout(500)
    page.context.route("**/checkpoints/ocr/4", lambda route: route.fulfill(body=big, content_type="application/json", headers={"ETag": '"00"'}))
    return page, page.url.split("#")[0] + f"#/jobs/{sample}/checkpoints/ocr/4"


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
