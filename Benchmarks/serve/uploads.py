"""Fifty clients that send documents while others ask and watch, and the workers recognise text."""

import asyncio
import multiprocessing
import os
import random
import threading
import time
from pathlib import Path

from client import HTTPConnection, WebSocket, own_lag
from documents import Megabyte
from server import Load, Sheaf, lag, quantile

UPLOADS = 50
SOCKETS = 10
DOCUMENTS = 5
PAGES = 30  # of each of them
ASKERS = 10
ASK_EVERY = 0.2  # seconds
PING_EVERY = 0.1  # seconds
SENDING = 2.0  # seconds that a megabyte takes to come: 4 Mbit/s
ROUNDS = 8
SLOW = "sheaf_event_loop_slow_activities_total"


def told(times: list[float]) -> dict:
    """Quantiles in milliseconds."""
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}
    return {"count": len(times), **{name: round(quantile(times, share) * 1000, 2) for name, share in shares.items()}}


async def send(port: int, documents: list[bytes], sending: float) -> dict:
    """Each client sends its documents one after the other; they begin at different moments unless sent at once."""
    times, refused, late = [], [], []
    beat = asyncio.create_task(own_lag(late))

    async def client(number: int):
        connection = await HTTPConnection.open(port)
        await asyncio.sleep(sending * number / UPLOADS)
        for document in documents[number::UPLOADS]:
            status, body, seconds = await connection.post("/api/v1/documents?priority=-50", document, sending)
            times.append(seconds) if status == 202 else refused.append((status, body[:200].decode()))

    await asyncio.gather(*(client(number) for number in range(UPLOADS)))
    beat.cancel()
    return {"times": times, "refused": refused, "late": late}


async def ask(port: int, jobs: list[str], over) -> dict:
    """Asks for what a page that shows jobs asks for, and pings over WebSockets that watch all jobs."""
    late: list[float] = []
    beat = asyncio.create_task(own_lag(late))
    targets = ["/api/v1/jobs?limit=20", "/health/queue", "/api/v1/system"] + [f"/api/v1/jobs/{job}" for job in jobs]
    times, failures, messages = [], [], [0]

    def heard(_: bytes):
        messages[0] += 1

    async def client(number: int):
        connection = await HTTPConnection.open(port)
        await asyncio.sleep(random.random() * ASK_EVERY)
        while not over.is_set():
            target = random.choice(targets)
            status, _, seconds = await connection.get(target)
            times.append(seconds) if status == 200 else failures.append((target, status))
            await asyncio.sleep(random.uniform(0.5, 1.5) * ASK_EVERY)

    async def watcher():
        socket = await WebSocket.open(port, heard)
        socket.send(b'{"subscribe":{"jobs":"*"}}')
        await asyncio.sleep(random.random() * PING_EVERY)
        while not over.is_set():
            socket.ping()
            await asyncio.sleep(PING_EVERY)
        await asyncio.sleep(0.3)
        return socket.round_trips

    _, *trips = await asyncio.gather(
        asyncio.gather(*(client(number) for number in range(ASKERS))), *(watcher() for _ in range(SOCKETS))
    )
    beat.cancel()
    pongs = [trip for each in trips for trip in each]
    return {"times": times, "failures": failures, "pongs": pongs, "messages": messages[0], "late": late}


def apart(coroutine, *arguments):
    """Runs a client in a process of its own; what it tells comes with `()`."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=lambda: sender.send(asyncio.run(coroutine(*arguments))))
    process.start()

    def result():
        value = receiver.recv()
        process.join()
        return value

    return result


class DiskProbe(threading.Thread):
    """How long the disk takes to force a megabyte, and a block, to it, beside all else that goes on."""

    def __init__(self, folder: Path):
        super().__init__(daemon=True)
        self.folder, self.over = folder, threading.Event()
        self.times: dict[int, list[float]] = {4096: [], 1_000_000: []}

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.join()

    def run(self) -> None:
        path = self.folder / "probe"
        while not self.over.wait(0.5):
            for size, times in self.times.items():
                file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
                os.write(file, os.urandom(size))
                began = time.perf_counter()
                os.fsync(file)
                times.append(time.perf_counter() - began)
                os.close(file)
                path.unlink()


def measure(program: Path, scratch: Path, scan: bytes) -> dict:
    megabyte = Megabyte()
    result: dict = {}
    with Sheaf(program, scratch / "uploads", f"workers.min={os.cpu_count()}") as server:
        with Load(server, scan, DOCUMENTS, PAGES) as load:
            for name, sending, rounds in [("sent over 2 s", SENDING, ROUNDS), ("sent at once", 0.0, 2)]:
                documents = [megabyte.next() for _ in range(UPLOADS * rounds)]
                over = multiprocessing.get_context("fork").Event()
                before = server.metrics()
                with DiskProbe(scratch) as probe:
                    asking = apart(ask, server.port, list(load.jobs), over)
                    time.sleep(0.5)
                    sent = apart(send, server.port, documents, sending)()
                    over.set()
                    asked = asking()
                after = server.metrics()
                result[name] = {
                    "last_byte_to_202_ms": told(sent["times"]),
                    "fsync_of_a_megabyte_ms": told(probe.times[1_000_000]),
                    "fsync_of_4_kib_ms": told(probe.times[4096]),
                    "api_ms": told(asked["times"]),
                    "pong_ms": told(asked["pongs"]),
                    "loop_lag": lag(before, after),
                    "slow_activities": after[SLOW] - before[SLOW],
                    "clients_own_lag_ms": {"sending": told(sent["late"]), "asking": told(asked["late"])},
                    "messages": asked["messages"],
                    "refused": sent["refused"][:3] + asked["failures"][:3],
                    "failures": len(sent["refused"]) + len(asked["failures"]),
                }
        result["workers_busy"] = load.workers_busy
    return result
