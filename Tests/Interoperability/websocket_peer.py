"""The websockets package as the other end of ours: `client URL` against our server, `server` for our client.

Both tell each case as a line, its name and "ok" or what was wrong.
"""

import asyncio
import sys

from websockets.asyncio.client import connect
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

LENGTHS = [0, 1, 125, 126, 127, 65_535, 65_536, 600_000]
FAILED = False


def tell(case: str, wrong: str = "") -> None:
    global FAILED
    FAILED = FAILED or bool(wrong)
    print(case, wrong or "ok", sep=": ", flush=True)


def expect(case: str, seen, wanted) -> None:
    tell(case, "" if seen == wanted else f"{str(seen)[:80]} where {str(wanted)[:80]} was expected")


async def echoes(case: str, socket) -> None:
    for length in LENGTHS:
        # Bytes are counted, and half a character at the end is left out.
        text = ("Zürich € 🙂 " * (length // 10 + 1)).encode()[:length].decode(errors="ignore")
        await socket.send(text)
        expect(f"{case}, text of {length}", await socket.recv(), text)
        binary = bytes(index * 7 % 251 for index in range(length))
        await socket.send(binary)
        expect(f"{case}, binary of {length}", await socket.recv(), binary)
    await socket.send(["frag", "", "men", "ted ", "é"])
    expect(f"{case}, fragments", await socket.recv(), "fragmented é")


async def interleaved(url: str) -> None:
    async with connect(url, compression=None) as socket:
        await socket.send(b"before")
        arrived = [await socket.ping() for _ in range(3)]
        for pong in arrived:
            await asyncio.wait_for(pong, 10)
        tell("pings are answered")

        async def pieces():
            yield "a"
            await asyncio.wait_for(await socket.ping(b"between"), 10)
            yield "b"

        expect("what was sent before pings comes", await socket.recv(), b"before")
        await socket.send(pieces())
        expect("a ping between fragments", await socket.recv(), "ab")


async def broken(case: str, url: str, first: int, payload: bytes, code: int) -> None:
    """A frame that no client may send, of this first byte, is answered with a close of this code."""
    length = len(payload)
    # Under a mask of zeros.
    long = length > 125
    head = bytes([first, 128 | (127 if long else length)]) + (length.to_bytes(8, "big") if long else b"") + bytes(4)
    async with connect(url, compression=None) as socket:
        socket.transport.write(head + payload)
        try:
            await asyncio.wait_for(socket.recv(), 10)
            tell(case, "answered")
        except ConnectionClosed as end:
            expect(case, end.rcvd and end.rcvd.code, code)


async def client(url: str) -> None:
    offers = {
        "plain": None,
        "deflate": [ClientPerMessageDeflateFactory(client_max_window_bits=True)],
        "deflate without context": [
            ClientPerMessageDeflateFactory(server_no_context_takeover=True, client_no_context_takeover=True)
        ],
        "deflate with small windows": [
            ClientPerMessageDeflateFactory(server_max_window_bits=10, client_max_window_bits=10)
        ],
    }
    for case, extensions in offers.items():
        async with connect(url, compression=None, extensions=extensions, max_size=None) as socket:
            expect(f"{case} is agreed", bool(socket.protocol.extensions), extensions is not None)
            await echoes(case, socket)
    await interleaved(url)
    for code, reason in [(1000, "done"), (1001, ""), (3000, "registered"), (4999, "ä" * 61)]:
        socket = await connect(url)
        await socket.close(code, reason)
        received = socket.protocol.close_rcvd
        expect(f"a close with {code} is echoed", received and received.code, code)
    for case, first, payload, close in [
        ("text that is no UTF-8", 0x81, b"a\xff", 1007),
        ("an unfinished character", 0x81, "€".encode()[:2], 1007),
        ("a continuation of nothing", 0x80, b"x", 1002),
        ("reserved bits", 0xA1, b"x", 1002),
        ("an opcode that is reserved", 0x83, b"x", 1002),
        ("compressed though not agreed", 0xC1, b"x", 1002),
        ("a ping in fragments", 0x09, b"x", 1002),
        ("a ping that is too long", 0x89, bytes(126), 1002),
        ("a close of one byte", 0x88, b"x", 1002),
        ("a close with a code for nobody to send", 0x88, (1005).to_bytes(2, "big"), 1002),
        ("a message over the limit", 0x82, bytes((1 << 20) + 1), 1009),
    ]:
        await broken(case, url, first, payload, close)


async def echo(socket) -> None:
    """Sends back; some texts ask for more."""
    try:
        async for message in socket:
            match message:
                case "fragments":
                    await socket.send(["frag", "", "ments"])
                case "ping":
                    await asyncio.wait_for(await socket.ping(b"are you there"), 10)
                    await socket.send("pong came")
                case "close":
                    return await socket.close(4001, "as you wish")
                case "broken":
                    socket.transport.write(b"\x81\x01\xff")
                case _:
                    await socket.send(message)
    except ConnectionClosed:
        pass
    # Told to the test: how the client ended it.
    print("closed", socket.protocol.close_rcvd and socket.protocol.close_rcvd.code, flush=True)


async def server(compression: str | None) -> None:
    async with serve(echo, "127.0.0.1", 0, compression=compression, max_size=None) as listening:
        print(listening.sockets[0].getsockname()[1], flush=True)
        # Until the test ends it or is gone.
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if sys.argv[1] == "client":
    asyncio.run(client(sys.argv[2]))
    sys.exit(1 if FAILED else 0)
asyncio.run(server("deflate" if sys.argv[2] == "deflate" else None))
