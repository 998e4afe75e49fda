"""Speed and memory of the HTTP and WebSocket server, beside bare sockets on the same loop; run by script/bench --http."""

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CONNECTIONS = 64
SOCKETS = 10_000
BROADCASTS = 15


class Server:
    """A program that serves at a Unix socket or a port for as long as it is measured."""

    def __init__(self, *command: str):
        self.process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL)

    def __enter__(self):
        time.sleep(0.3)  # until it listens; both are there in a few milliseconds
        if self.process.poll() is not None:
            sys.exit(f"http.py: {self.process.args[0]} did not start")
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @property
    def cpu(self) -> float:
        """Seconds of user and system time."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def peak(self) -> int:
        """Kibibytes resident at most."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
        return 0


def generate(generator: Path, *arguments) -> dict:
    result = subprocess.run([str(generator), *map(str, arguments)], stdout=subprocess.PIPE, text=True, timeout=300)
    if result.returncode != 0:
        sys.exit(f"http.py: {generator.name} {' '.join(map(str, arguments))} failed")
    return json.loads(result.stdout)


def requests(generator: Path, address: str, seconds: float, *command) -> dict:
    with Server(*command) as server:
        generate(generator, "requests", address, CONNECTIONS, 0.5)  # warm
        before = server.cpu
        figures = generate(generator, "requests", address, CONNECTIONS, seconds)
        answered = figures["requests_per_second"] * seconds
        figures["cpu_us_per_request"] = (server.cpu - before) / answered * 1e6 if answered else 0.0
        figures["peak_kb"] = server.peak
        return figures


def busy(count: int) -> list[subprocess.Popen]:
    """Processes that compute without end, at the workers' nice level."""
    return [
        subprocess.Popen(["nice", "-n", "10", sys.executable, "-c", "while True: pass"]) for _ in range(count)
    ]


def sockets(generator: Path, program: Path) -> dict:
    address = "127.0.0.1:18491"
    with Server(program, address) as server:
        return generate(generator, "sockets", address, SOCKETS, BROADCASTS, server.process.pid)


def lag(program: Path) -> dict:
    """The loop's lateness while all cores are computing."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/s"
        workers = busy(os.cpu_count() or 1)
        try:
            with Server(program, f"unix:{path}"):
                time.sleep(8)
                return ask(path, "/lag")
        finally:
            for worker in workers:
                worker.kill()
                worker.wait()


def ask(path: str, target: str) -> dict:
    import socket

    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(path)
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return json.loads(answer.split(b"\r\n\r\n", 1)[1])


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench --http", description=__doc__)
    parser.add_argument("--bin", type=Path, required=True, help="folder of echo-server and load-generator")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0, help="per measurement")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    program, generator = options.bin / "echo-server", options.bin / "load-generator"

    ours, bare = [], []
    for _ in range(options.rounds):  # in turns, so that a busy machine troubles both alike
        ours.append(requests(generator, "127.0.0.1:18490", options.seconds, program, "127.0.0.1:18490"))
        bare.append(requests(generator, "127.0.0.1:18489", options.seconds, generator, "floor", "127.0.0.1:18489"))
    figures = {
        "server": median(ours),
        "bare_sockets": median(bare),
        "websockets": sockets(generator, program),
        "lag_under_load_seconds": lag(program),
    }
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        report(figures)


def median(rounds: list[dict]) -> dict:
    return {key: statistics.median(each[key] for each in rounds) for key in rounds[0]}


def report(figures: dict) -> None:
    ours, bare, many, lag = (
        figures[key] for key in ("server", "bare_sockets", "websockets", "lag_under_load_seconds")
    )
    print(f"small requests, {CONNECTIONS} connections        server     bare sockets   ratio")
    for key, name in [
        ("requests_per_second", "requests a second"),
        ("p99_ms", "p99, ms"),
        ("cpu_us_per_request", "processor, µs a request"),
        ("peak_kb", "peak memory, kB"),
    ]:
        ratio = ours[key] / bare[key] if bare[key] else 0
        print(f"  {name:34} {ours[key]:12,.1f} {bare[key]:14,.1f} {ratio:8.2f}")
    print(f"{many['sockets']:,} WebSockets")
    print(f"  memory each, bytes                 {many['bytes_per_socket']:12,.0f}")
    print(f"  one event to the last, ms          {many['last_delivery_ms_median']:12,.1f}")
    print(f"  failures                           {many['failures']:12,}")
    print("loop lag with every core computing")
    print(f"  mean, ms                           {lag['mean'] * 1000:12,.2f}")
    print(f"  p99, ms                            {lag['p99'] * 1000:12,.2f}")


if __name__ == "__main__":
    main()
