"""`sheaf serve` under load, its workers busy with real text recognition; run by script/bench --serve."""

import argparse
import json
import os
import resource
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
# Behind all others: http.py there is a bench, too.
sys.path.append(str(Path(__file__).parent.parent))

import clients  # noqa: E402
import documents  # noqa: E402
import large  # noqa: E402
import machine  # noqa: E402
import subscribers  # noqa: E402
import uploads  # noqa: E402

SECTIONS = ["uploads", "clients", "subscribers", "large"]


def go_before_others(niceness: int) -> None:
    """Server, workers and clients as one take precedence on the machine; among themselves all is as ever."""
    group = Path("/proc/self/autogroup")
    if group.exists() and Path("/proc/sys/kernel/sched_autogroup_enabled").read_text().strip() == "1":
        # A process's own niceness then counts within its session only.
        if os.getpid() != os.getsid(0):
            if os.getpid() == os.getpgid(0):
                os.setpgid(0, os.getpgid(os.getppid()))
            os.setsid()
        group.write_text(str(niceness))
    else:
        os.setpriority(os.PRIO_PROCESS, 0, niceness)


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench --serve", description=__doc__)
    parser.add_argument("--bin", type=Path, required=True, help="folder of sheaf and sheaf-worker")
    parser.add_argument("--only", choices=SECTIONS, action="append", help="a section; may stand often")
    parser.add_argument("--long", action="store_true", help="clients for five minutes, not for thirty seconds")
    parser.add_argument("--scan", type=Path, help="another image-only PDF of 200 pages")
    parser.add_argument("--pages", type=int, default=documents.PAGES, help="of the scan that is subscribed to")
    parser.add_argument("--scratch", type=Path, help="where data folders go, as on the disk to be measured")
    parser.add_argument("--nice", type=int, help="for server and clients, so that others on the machine matter less")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--save", metavar="NAME", help="keep the figures, with machine and versions, in results/NAME.json")
    given = parser.parse_args()
    if given.nice is not None:
        go_before_others(given.nice)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, hard), hard))
    program = given.bin.resolve() / "sheaf"
    scratch = Path(tempfile.mkdtemp(prefix="sheaf-serve-", dir=given.scratch))
    wanted = given.only or SECTIONS
    try:
        scan = b""
        if set(wanted) != {"large"}:
            scan = given.scan.read_bytes() if given.scan else documents.scan()
        figures = {"cores": os.cpu_count(), "load": [round(os.getloadavg()[0], 1)]}
        for section in wanted:
            match section:
                case "uploads":
                    figures[section] = uploads.measure(program, scratch, scan)
                case "clients":
                    figures[section] = clients.measure(program, scratch, scan, 300 if given.long else 30)
                case "subscribers":
                    figures[section] = subscribers.measure(program, scratch, scan, given.pages)
                case "large":
                    figures[section] = large.measure(program, scratch)
            print(f"{section}: {json.dumps(figures[section])}", file=sys.stderr)
        figures["load"].append(round(os.getloadavg()[0], 1))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    if given.save:
        print(f"kept as {machine.save(given.save, {**machine.facts(program), **figures})}", file=sys.stderr)
    print(json.dumps(figures, indent=2))


main()
