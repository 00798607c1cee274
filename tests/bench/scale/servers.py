"""The two servers of the comparison, run alike: gunicorn with two workers, as the README deploys the desk."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PEER_PYTHON = ROOT / "var/bench-scale/bin/python"
WORKERS = ("--workers", "2", "--threads", "4")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    python: str, application: str, environment: Mapping[str, str], probe: str
) -> Iterator[tuple[int, int]]:
    """(port, process id) of gunicorn with the application, once it answers."""
    port = free_port()
    command = [
        python,
        "-m",
        "gunicorn",
        "--bind",
        f"127.0.0.1:{port}",
        *WORKERS,
        "--log-level",
        "warning",
        application,
    ]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment)
    try:
        wait_for(f"http://127.0.0.1:{port}{probe}", process)
        yield port, process.pid
    finally:
        end(process)


def end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2)
        except OSError:
            time.sleep(0.2)
            continue
        return
    raise RuntimeError(f"{address} did not come up")


def desk(database: str, folder: Path) -> "contextmanager[tuple[int, int]]":
    environment = {"KIS_ENV": "development", "KIS_VAR": str(folder), "DATABASE_URL": database}
    # One account asks more here in a minute than a person in a day.
    environment["MOST_SEARCHES"] = "1000000"
    return serving(sys.executable, "app:app", environment, "/sign-in")


def peer(database: str, password: str) -> "contextmanager[tuple[int, int]]":
    environment = {"PEER_DATABASE": database, "PEER_PASSWORD": password, "PEER_SECRET": password}
    return serving(str(PEER_PYTHON), "tests.bench.scale.peer.wsgi:application", environment, "/admin/login/")


def set_up_peer(database: str, password: str) -> None:
    environment = os.environ | {"PEER_DATABASE": database, "PEER_PASSWORD": password, "PEER_SECRET": password}
    subprocess.run(
        [str(PEER_PYTHON), "-m", "tests.bench.scale.peer.setup"], cwd=ROOT, env=environment, check=True
    )


def memory(process_id: int) -> float:
    """MiB of the process and its children, shared pages counted in proportion (PSS)."""
    return sum(pss(each) for each in family(process_id)) / 1024


def pss(process_id: str) -> int:
    lines = Path(f"/proc/{process_id}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def processor_time(process_id: int) -> float:
    """Milliseconds that the process and its children have had of the processors so far."""
    fields = (
        Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split() for each in family(process_id)
    )
    ticks = sum(int(each[11]) + int(each[12]) for each in fields)
    return 1_000 * ticks / os.sysconf("SC_CLK_TCK")


def family(process_id: int) -> list[str]:
    children = Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()
    return [str(process_id), *children]
