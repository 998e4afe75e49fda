"""Autobahn's cases against ours: `run.py ECHO_SERVER REPORTS server|client [CASES…]`.

CASES are patterns such as 7.* and 9.1.1; without them all are run. Exits with 1 unless all that were to be run were run
and passed. What was said and seen is in the folder REPORTS/server or REPORTS/client.
"""

import argparse
import collections
import contextlib
import json
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from fuzzers import fuzzing
from twisted.internet import reactor

PASSED = ["OK", "NON-STRICT", "INFORMATIONAL"]
# How many the suite has under Python 2, so that none may get lost in its conversion.
ALL = 517


def free_address() -> str:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return f"127.0.0.1:{probe.getsockname()[1]}"


def await_listener(address: str) -> None:
    """Returns once somebody listens, or after ten seconds: then every case fails."""
    host, port = address.split(":")
    for _ in range(100):
        try:
            return socket.create_connection((host, int(port))).close()
        except ConnectionRefusedError:
            time.sleep(0.1)


def fuzz(ours: str, echo_server: str, folder: Path, patterns: list[str]) -> None:
    """Runs the cases against one of ours and leaves index.json in the folder."""
    address = free_address()
    url = f"ws://{address}"
    spec = {"outdir": str(folder), "cases": patterns, "url": url, "servers": [{"agent": "sheaf", "url": url}]}
    if ours == "server":
        process = subprocess.Popen([echo_server, address], stdout=subprocess.DEVNULL)
        await_listener(address)
        fuzzing.startClient(spec)
    else:
        fuzzing.startServer(spec, webport=None)
        process = subprocess.Popen([echo_server, "--client", address])
        ended = threading.Thread(target=lambda: (process.wait(), reactor.callFromThread(reactor.stop)), daemon=True)
        reactor.callWhenRunning(ended.start)
    try:
        reactor.run()
    finally:
        process.terminate()
        process.wait()


def judge(folder: Path, wanted: set[str]) -> bool:
    """Tells what became of each category, and of each case that did not pass."""
    index = folder / "index.json"
    results = json.loads(index.read_text())["sheaf"] if index.exists() else {}
    categories = collections.defaultdict(collections.Counter)
    failures = []
    for case in sorted(wanted, key=lambda case: [int(part) for part in case.split(".")]):
        result = results.get(case, {"behavior": "not run", "behaviorClose": "not run"})
        # A case passes by what it does and by how it ends.
        behaviors = [result["behavior"], result["behaviorClose"]]
        failed = [behavior for behavior in behaviors if behavior not in PASSED]
        categories[case.split(".")[0]]["failed" if failed else result["behavior"]] += 1
        if failed:
            report = json.loads((folder / result["reportfile"]).read_text()) if "reportfile" in result else {}
            failures.append(f"{case}: {', '.join(behaviors)}: {report.get('result')} {report.get('resultClose')}")
    columns = [*PASSED, "failed"]
    print(f"{folder.name:>10}", *(f"{column.lower():>14}" for column in columns))
    for category, counts in categories.items():
        print(f"{category:>10}", *(f"{counts[column]:>14}" for column in columns))
    print(f"{'all':>10}", *(f"{sum(counts[column] for counts in categories.values()):>14}" for column in columns))
    print(*failures, sep="\n")
    return not failures


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("echo_server")
    parser.add_argument("reports", type=Path)
    parser.add_argument("ours", choices=["server", "client"])
    parser.add_argument("cases", nargs="*")
    options = parser.parse_args()
    suite = fuzzing.CaseSet(fuzzing.CaseSetname, fuzzing.CaseBasename, fuzzing.Cases, {}, {})
    wanted = set(suite.resolveCasePatternList(options.cases or ["*"]))
    if len(suite.CasesById) != ALL:
        sys.exit(f"autobahn: the converted suite has {len(suite.CasesById)} cases, and should have {ALL}")
    if not wanted or not wanted <= set(suite.CasesById):
        sys.exit(f"autobahn: there is no case {' '.join(options.cases)}")
    folder = options.reports / options.ours
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    with open(folder / "log", "w", buffering=1) as log, contextlib.redirect_stdout(log):
        fuzz(options.ours, options.echo_server, folder, sorted(wanted))
    return 0 if judge(folder, wanted) else 1


sys.exit(main())
