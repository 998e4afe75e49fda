"""HTTP and WebSocket clients that cost little: bare protocols on asyncio."""

import asyncio
import base64
import os
import time
import zlib
from collections.abc import Callable

from server import HOST


class HTTPConnection(asyncio.Protocol):
    """One connection that is kept, one request at a time; no answer is chunked."""

    @classmethod
    async def open(cls, port: int) -> "HTTPConnection":
        _, connection = await asyncio.get_running_loop().create_connection(cls, HOST, port)
        return connection

    def connection_made(self, transport):
        self.transport, self.buffer, self.answer = transport, b"", None
        self.room = asyncio.Event()
        self.room.set()

    def pause_writing(self):
        self.room.clear()

    def resume_writing(self):
        self.room.set()

    def data_received(self, data):
        self.buffer += data
        head, separator, body = self.buffer.partition(b"\r\n\r\n")
        if not separator or not self.answer:
            return
        fields = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:])
        length = int(fields.get(b"content-length", b"0"))
        if len(body) >= length:
            self.buffer = body[length:]
            answer, self.answer = self.answer, None
            if not answer.done():
                answer.set_result((int(head.split(b" ", 2)[1]), body[:length], time.perf_counter()))

    def connection_lost(self, error):
        self.room.set()
        if self.answer and not self.answer.done():
            self.answer.set_exception(error or ConnectionError("closed"))

    async def get(self, target: str) -> tuple[int, bytes, float]:
        """Status, body, and the seconds that it took; fails after half a minute."""
        if self.transport.is_closing():
            raise ConnectionError("closed between requests")
        self.answer = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        self.transport.write(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        async with asyncio.timeout(30):
            status, body, ended = await self.answer
        return status, body, ended - began

    async def post(self, target: str, body: bytes, duration: float, pieces: int = 16) -> tuple[int, bytes, float]:
        """Sends the body evenly over a time; the seconds are those from its last byte on."""
        self.answer = asyncio.get_running_loop().create_future()
        self.transport.set_write_buffer_limits(0)
        self.transport.write(
            f"POST {target} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/pdf\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
        )
        size = -(-len(body) // pieces)
        began = time.perf_counter()
        for number in range(pieces):
            pause = began + duration * number / pieces - time.perf_counter()
            if pause > 0:
                await asyncio.sleep(pause)
            self.transport.write(body[number * size : (number + 1) * size])
            # Returns when the kernel has taken it.
            await self.room.wait()
        last = time.perf_counter()
        status, answer, ended = await self.answer
        return status, answer, ended - last


class WebSocket(asyncio.Protocol):
    """A client of sheaf.progress.v1. Each message is inflated at most once for all clients."""

    inflated: dict[bytes, bytes] = {}

    def __init__(self, on_text: Callable[[bytes], None], on_close: Callable[[int | None], None], deflate: bool):
        self.on_text, self.on_close, self.deflate = on_text, on_close, deflate
        self.buffer = bytearray()
        self.opened = asyncio.get_running_loop().create_future()
        self.pings: dict[bytes, float] = {}
        self.round_trips: list[float] = []
        self.code: int | None = None

    @classmethod
    async def open(cls, port: int, on_text, on_close=lambda code: None, deflate: bool = False) -> "WebSocket":
        loop = asyncio.get_running_loop()
        _, socket = await loop.create_connection(lambda: cls(on_text, on_close, deflate), HOST, port)
        await socket.opened
        return socket

    def connection_made(self, transport):
        self.transport = transport
        transport.write(handshake(self.deflate))

    def data_received(self, data):
        self.buffer += data
        if not self.opened.done():
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            status = bytes(self.buffer[:12])
            del self.buffer[: end + 4]
            if status != b"HTTP/1.1 101":
                return self.opened.set_exception(ConnectionError(status.decode()))
            self.opened.set_result(None)
        self.frames()

    def frames(self):
        buffer, start = self.buffer, 0
        while len(buffer) - start >= 2:
            length, head = buffer[start + 1] & 127, 2
            if length == 126:
                length, head = int.from_bytes(buffer[start + 2 : start + 4], "big"), 4
            elif length == 127:
                length, head = int.from_bytes(buffer[start + 2 : start + 10], "big"), 10
            if len(buffer) - start < head + length:
                break
            self.frame(buffer[start], bytes(buffer[start + head : start + head + length]))
            start += head + length
        del buffer[:start]

    def frame(self, first: int, payload: bytes):
        kind = first & 15
        if kind == 1:
            self.on_text(self.inflate(payload) if first & 0x40 else payload)
        elif kind == 8:
            self.code = int.from_bytes(payload[:2], "big")
            self.transport.close()
        elif kind == 9:
            self.send(payload, 10)
        elif kind == 10 and payload in self.pings:
            self.round_trips.append(time.perf_counter() - self.pings.pop(payload))

    @classmethod
    def inflate(cls, payload: bytes) -> bytes:
        text = cls.inflated.get(payload)
        if text is None:
            text = zlib.decompressobj(-15).decompress(payload + b"\0\0\xff\xff")
            if len(cls.inflated) > 20_000:
                cls.inflated.clear()
            cls.inflated[payload] = text
        return text

    def connection_lost(self, error):
        if not self.opened.done():
            self.opened.set_exception(error or ConnectionError("closed"))
        self.on_close(self.code)

    def send(self, payload: bytes, kind: int = 1):
        self.transport.write(frame(payload, kind))

    def ping(self):
        payload = os.urandom(8)
        self.pings[payload] = time.perf_counter()
        self.send(payload, 9)


def handshake(deflate: bool = False) -> bytes:
    extension = "Sec-WebSocket-Extensions: permessage-deflate\r\n" if deflate else ""
    return (
        "GET /api/v1/progress HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sheaf.progress.v1\r\n"
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n{extension}\r\n"
    ).encode()


def frame(payload: bytes, kind: int = 1) -> bytes:
    """A client's frame, under a mask of zeros."""
    length = bytes([128 | len(payload)]) if len(payload) < 126 else b"\xfe" + len(payload).to_bytes(2, "big")
    return bytes([128 | kind]) + length + bytes(4) + payload


async def own_lag(samples: list[float]) -> None:
    """How late this process itself is: a client that is late makes the server look so."""
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.05)
        samples.append(time.perf_counter() - began - 0.05)
