"""A thousand connected clients that ask a hundred times a second in all, while the workers recognise text."""

import asyncio
import os
import random
import time
from pathlib import Path

from client import HTTPConnection, own_lag
from server import Load, Sheaf, lag
from uploads import DOCUMENTS, PAGES, SLOW, apart, told

CLIENTS = 1_000
RATE = 100  # requests a second


async def ask(port: int, jobs: list[str], seconds: float) -> dict:
    late, times, failures = [], [], []
    beat = asyncio.create_task(own_lag(late))
    targets = ["/api/v1/jobs?limit=20", "/health/queue"] + [f"/api/v1/jobs/{job}" for job in jobs]
    connections = []
    for _ in range(CLIENTS):
        connections.append(await HTTPConnection.open(port))
        # Who says nothing at all for ten seconds is sent away.
        await connections[-1].get("/health/live")
    began = time.perf_counter()

    async def client(number: int):
        # Each has its turn within the round of all; where it falls is chance.
        for turn in range(int(seconds * RATE / CLIENTS)):
            at = began + (turn + random.random()) * CLIENTS / RATE
            await asyncio.sleep(max(0, at - time.perf_counter()))
            try:
                status, _, took = await connections[number].get(random.choice(targets))
                times.append(took) if status == 200 else failures.append(status)
            except OSError as error:
                return failures.append(repr(error))

    await asyncio.gather(*(client(number) for number in range(CLIENTS)))
    beat.cancel()
    return {"times": times, "failures": failures, "late": late}


def measure(program: Path, scratch: Path, scan: bytes, seconds: float) -> dict:
    with Sheaf(program, scratch / "clients", f"workers.min={os.cpu_count()}") as server:
        with Load(server, scan, DOCUMENTS, PAGES) as load:
            before, memory = server.metrics(), server.resident
            asked = apart(ask, server.port, list(load.jobs), seconds)()
            after = server.metrics()
            return {
                "seconds": seconds,
                "api_ms": told(asked["times"]),
                "failures": len(asked["failures"]),
                "first_failures": asked["failures"][:3],
                "loop_lag": lag(before, after),
                "slow_activities": after[SLOW] - before[SLOW],
                "clients_own_lag_ms": told(asked["late"]),
                "resident_mb": [round(memory / 1e6, 1), round(server.resident / 1e6, 1)],
                "workers_busy": load.workers_busy,
            }
