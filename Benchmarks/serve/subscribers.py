"""A thousand who subscribe to a job of 200 pages, of whom half read nothing."""

import asyncio
import json
import os
import select
import socket
import time
from pathlib import Path

from client import WebSocket, frame, handshake, own_lag
from server import HOST, MemoryWatch, Sheaf
from uploads import apart, told

READERS = 500
STALLED = 500


class Reader:
    """Hears of one job and keeps the number of each transition, which is read once for all."""

    known: dict[bytes, tuple[str, int] | None] = {}

    def __init__(self, job: str):
        self.job, self.numbers, self.others, self.ended = job, [], 0, None

    def heard(self, text: bytes):
        if text.startswith(b'{"tick"'):
            self.others += 1
            return
        if text not in self.known:
            message = json.loads(text)
            self.known[text] = (message["job"], message["seq"]) if "type" in message else None
        transition = self.known[text]
        if transition is None:
            self.others += 1
        elif transition[0] == self.job:
            self.numbers.append(transition[1])

    def closed(self, code: int | None):
        self.ended = code or "reset"


async def read(port: int, job: str, over) -> dict:
    """Half of them by the job's name from its first transition on, half of them with compression."""
    late: list[float] = []
    beat = asyncio.create_task(own_lag(late))
    readers, sockets = [], []
    subscription = json.dumps({"subscribe": {"jobs": [job], "since": {job: 0}}}).encode()
    for number in range(READERS):
        reader = Reader(job)
        readers.append(reader)
        sockets.append(await WebSocket.open(port, reader.heard, reader.closed, deflate=number % 2 == 0))
        sockets[-1].send(subscription)
    while not over.is_set():
        await asyncio.sleep(0.2)
    await asyncio.sleep(1)
    ended = [reader.ended for reader in readers if reader.ended]
    texts = {numbers: json.loads(text) for text, numbers in Reader.known.items() if numbers}
    transitions = [texts[job, number] for number in sorted({number for r in readers for number in r.numbers})]
    beat.cancel()
    return {
        "numbers": [reader.numbers for reader in readers],
        "transitions": transitions,
        "others": sum(reader.others for reader in readers),
        "ended": ended,
        "late": late,
    }


async def stall(port: int, job: str, over) -> dict:
    """Subscribes and takes nothing more; tells how each was closed, and after how long."""
    subscription = frame(json.dumps({"subscribe": {"jobs": [job], "since": {job: 0}}}).encode())
    poll, sockets, since = select.epoll(), {}, {}
    for number in range(STALLED):
        client = socket.socket()
        # What its kernel takes in its stead counts as taken: little in half of them, as much as usual in the others.
        if number % 2 == 0:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        client.connect((HOST, port))
        client.sendall(handshake(deflate=number % 4 < 2))
        client.recv(64)  # the beginning of the answer
        client.sendall(subscription)
        poll.register(client, select.EPOLLRDHUP)
        sockets[client.fileno()], since[client.fileno()] = client, time.monotonic()
    closed: list[tuple[str, float]] = []
    while not over.is_set():
        for descriptor, event in poll.poll(0.2):
            poll.unregister(descriptor)
            client = sockets.pop(descriptor)
            how = "reset" if event & select.EPOLLERR else close_code(client)
            closed.append((how, time.monotonic() - since[descriptor]))
            client.close()
    return {"closed": closed, "left": len(sockets)}


def close_code(client: socket.socket) -> str:
    """What the last frame that came says; there is a reset behind it at times."""
    client.setblocking(False)
    rest = b""
    try:
        while piece := client.recv(1 << 16):
            rest = (rest + piece)[-200:]
    except OSError:
        return "reset"
    # A close frame with code 1013 and its reason ends the stream.
    return "1013" if b"\x03\xf5too slow" in rest else "ended"


def measure(program: Path, scratch: Path, scan: bytes, pages: int) -> dict:
    import multiprocessing

    over = multiprocessing.get_context("fork").Event()
    with Sheaf(program, scratch / "subscribers", f"workers.min={os.cpu_count()}") as server:
        warm = server.submit(scan + b"\n% warm\n", "pages=1-2")
        wait(server, warm)
        time.sleep(1)
        start = server.resident
        with MemoryWatch(server, 0.1) as memory:
            began = time.monotonic()
            job = server.submit(scan, f"pages=1-{pages}")
            reading, stalling = apart(read, server.port, job, over), apart(stall, server.port, job, over)
            wait(server, job)
            took = time.monotonic() - began
            # As long as it takes to tell those apart that only rest from those that are gone.
            time.sleep(max(1.0, 45 - took))
            over.set()
            read_, stalled = reading(), stalling()
        time.sleep(2)
        end = server.resident
        ledger = server.events(job)
        metrics = server.metrics()
    all_numbers = [event["seq"] for event in ledger]
    samples = memory.samples
    half = len(samples) // 2
    closings: dict[str, list[float]] = {}
    for how, seconds in stalled["closed"]:
        closings.setdefault(how, []).append(seconds)
    return {
        "job_seconds": round(took, 1),
        "transitions": len(ledger),
        "readers": READERS,
        "readers_with_every_transition_once_in_order": sum(n == all_numbers for n in read_["numbers"]),
        "transitions_as_in_the_ledger": read_["transitions"] == ledger,
        "readers_closed": len(read_["ended"]),
        "other_messages": read_["others"],
        "stalled": STALLED,
        "stalled_closed": {
            how: {"count": len(times), "after_s": [round(min(times), 1), round(max(times), 1)]}
            for how, times in sorted(closings.items())
        },
        "stalled_left_open": stalled["left"],
        "memory_mb": {
            "start": round(start / 1e6, 1),
            "peak": round(max(samples) / 1e6, 1),
            "median_of_first_half": round(sorted(samples[:half])[half // 2] / 1e6, 1),
            "median_of_second_half": round(sorted(samples[half:])[half // 2] / 1e6, 1),
            "end": round(end / 1e6, 1),
        },
        "clients_own_lag_ms": told(read_["late"]),
        "coalesced": metrics.get("sheaf_websocket_frames_coalesced_total"),
        "slow_clients": metrics.get("sheaf_websocket_slow_clients_total"),
        "dead_peers": metrics.get("sheaf_websocket_dead_peers_total"),
    }


def wait(server: Sheaf, job: str) -> None:
    while server.json(f"/api/v1/jobs/{job}")["status"] not in ("completed", "completed_with_errors", "failed"):
        time.sleep(0.25)
