"""Memory of an idle server, and what an upload of two gigabytes adds to it."""

import socket
import time
from pathlib import Path

from server import HOST, MemoryWatch, Sheaf

GIBIBYTE = 1 << 30
PIECE = bytes(1 << 20)


def upload(server: Sheaf, length: int, sent: int) -> bytes:
    """Sends so much of a document of zeros; the answer's first line, or none where it breaks off."""
    with socket.create_connection((HOST, server.port), timeout=300) as connection:
        connection.sendall(
            b"POST /api/v1/documents?name=zeros HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n" % length
        )
        for _ in range(sent // len(PIECE)):
            connection.sendall(PIECE)
        return connection.recv(4096).partition(b"\r\n")[0] if sent == length else b""


def files(data: Path) -> list[str]:
    """The files of documents, whole and on their way."""
    return sorted(
        str(path.relative_to(data))
        for folder in ("documents", "tmp", "temporary")
        for path in (data / folder).rglob("*")
        if path.is_file()
    )


def measure(program: Path, scratch: Path) -> dict:
    data = scratch / "large"
    with Sheaf(program, data) as server:
        time.sleep(5)
        idle = server.resident
        upload(server, len(PIECE), len(PIECE))  # what any upload needs is there after a first one
        time.sleep(1)
        before, there = server.resident, files(data)
        jobs = len(server.json("/api/v1/jobs")["jobs"])
        began = time.monotonic()
        with MemoryWatch(server) as memory:
            status = upload(server, 2 * GIBIBYTE, 2 * GIBIBYTE)
        took = time.monotonic() - began
        grown = max(memory.samples) - before
        jobs_after = len(server.json("/api/v1/jobs")["jobs"])
        whole = files(data)
        with MemoryWatch(server) as aborted:
            upload(server, 2 * GIBIBYTE, GIBIBYTE // 2)
            time.sleep(1)
        left = sorted(set(files(data)) - set(whole))
        time.sleep(5)
        return {
            "idle_mb": round(idle / 1e6, 1),
            "answer": status.decode(),
            "seconds": round(took, 1),
            "before_mb": round(before / 1e6, 1),
            "grown_mb": round(grown / 1e6, 2),
            "documents": [len(there), len(whole)],
            "jobs": [jobs, jobs_after, len(server.json("/api/v1/jobs")["jobs"])],
            "grown_by_aborted_mb": round((max(aborted.samples) - before) / 1e6, 2),
            "left_by_aborted": left,
            "idle_after_mb": round(server.resident / 1e6, 1),
        }
