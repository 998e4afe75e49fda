"""`sheaf serve` as a process that is measured."""

import http.client
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

HOST = "127.0.0.1"


class Sheaf:
    """A server with a data folder and, unless told otherwise, as many busy workers as there are cores."""

    def __init__(self, program: Path, data: Path, *settings: str):
        self.program, self.data, self.settings = program, data, settings
        self.log = data.with_suffix(".log")
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port = free.getsockname()[1]

    def __enter__(self):
        command = [str(self.program), "serve", "--listen", f"{HOST}:{self.port}", "--data", str(self.data)]
        for setting in ("log.level=warning", *self.settings):
            command += ["--set", setting]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=open(self.log, "ab"))
        deadline = time.monotonic() + 60
        while True:
            try:
                if self.get("/health/ready")[0] == 200:
                    return self
            except OSError:
                pass  # It does not listen yet.
            if self.process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"bench: sheaf serve did not start:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.02)

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def call(self, method: str, target: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=120)
        try:
            connection.request(method, target, body, {name.replace("_", "-"): text for name, text in headers.items()})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def get(self, target: str) -> tuple[int, bytes]:
        return self.call("GET", target)

    def json(self, target: str):
        status, body = self.get(target)
        if status != 200:
            sys.exit(f"bench: {target} answered {status}: {body[:300]!r}")
        return json.loads(body)

    def submit(self, document: bytes, query: str = "") -> str:
        status, body = self.call("POST", f"/api/v1/documents?{query}", document, Content_Type="application/pdf")
        if status != 202:
            sys.exit(f"bench: a document was not taken, {status}: {body[:300]!r}")
        return json.loads(body)["job_id"]

    def events(self, job: str) -> list[dict]:
        """The job's transitions as the ledger has them."""
        events, since = [], 0
        while True:
            page = self.json(f"/api/v1/jobs/{job}/events?limit=200&since={since}")
            events += page["events"]
            if "next" not in page:
                return events
            since = page["next"]

    @property
    def resident(self) -> int:
        """Bytes, without the workers'."""
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * resource.getpagesize()

    def metrics(self) -> dict[str, float]:
        text = self.get("/metrics")[1].decode()
        return {name: float(value) for name, value in re.findall(r"^(\w+(?:\{[^}]*\})?) (\S+)$", text, re.M)}


class MemoryWatch(threading.Thread):
    """Samples the server's resident memory."""

    def __init__(self, server: Sheaf, interval: float = 0.02):
        super().__init__(daemon=True)
        self.server, self.interval, self.over = server, interval, threading.Event()
        self.samples: list[int] = []

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.join()

    def run(self) -> None:
        while not self.over.wait(self.interval):
            self.samples.append(self.server.resident)


class Load(threading.Thread):
    """Keeps the workers recognising text: at any time a few scans are unfinished."""

    def __init__(self, server: Sheaf, scan: bytes, documents: int, pages: int):
        super().__init__(daemon=True)
        self.server, self.scan, self.documents, self.pages = server, scan, documents, pages
        self.over = threading.Event()
        self.jobs: list[str] = []
        self.running: list[float] = []

    def __enter__(self):
        for _ in range(self.documents):
            self.more()
        while not self.is_busy(self.server.metrics()):
            time.sleep(0.1)
        self.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.join()
        for job in self.jobs:
            self.server.call("POST", f"/api/v1/jobs/{job}/cancel")

    def is_busy(self, metrics: dict[str, float]) -> bool:
        return metrics.get('sheaf_queue_units{state="running"}', 0) >= (os.cpu_count() or 1)

    def more(self) -> None:
        # Other bytes behind the document's end, so that each is a document of its own; other pages, so that none is
        # found done.
        number = len(self.jobs)
        first = 1 + number * self.pages % max(1, 200 - self.pages)
        document = self.scan + f"\n% {number}\n".encode()
        self.jobs.append(self.server.submit(document, f"pages={first}-{first + self.pages - 1}&priority=50"))

    def run(self) -> None:
        while not self.over.wait(2):
            metrics = self.server.metrics()
            self.running.append(metrics.get('sheaf_queue_units{state="running"}', 0))
            unfinished = sum(
                self.server.json(f"/api/v1/jobs/{job}")["status"] in ("queued", "running")
                for job in self.jobs[-self.documents * 2 :]
            )
            if unfinished < self.documents:
                self.more()

    @property
    def workers_busy(self) -> float:
        return sum(self.running) / len(self.running) if self.running else 0


def quantile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def lag(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """Mean and p99 of the loop's lag in milliseconds, between two readings of the metrics."""
    name = "sheaf_event_loop_lag_seconds"
    count = after[f"{name}_count"] - before[f"{name}_count"]
    mean = (after[f"{name}_sum"] - before[f"{name}_sum"]) / max(1, count)
    bounds = sorted(
        (float(found[1]), after[key] - before.get(key, 0))
        for key in after
        if (found := re.fullmatch(name + r'_bucket\{le="([^"]+)"\}', key))
    )
    lower, seen, p99 = 0.0, 0.0, 0.0
    for bound, total in bounds:
        if total >= 0.99 * count:
            share = (0.99 * count - seen) / max(1e-9, total - seen)
            p99 = lower if bound == float("inf") else lower + (bound - lower) * share
            break
        lower, seen = bound, total
    return {"mean_ms": mean * 1000, "p99_ms": p99 * 1000, "samples": count}
