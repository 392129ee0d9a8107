"""
What a rerun costs the server, as ratios within one run: `python -m bench.rerun` prints one JSON object.

A WebSocket client speaks Streamlit's own protocol with three server processes: a hello page on stock Streamlit, the
same page under our settings, and Groundwork with its sample program. Cost is the process's CPU time, from /proc.
`results_500x87` and `alignment_500x87` are the pages of a run that 500 people answered in full; `stakeholders_200` and
`influence_200` are those of 200 people with 600 ties. It ends with 1 when a page costs more than PAGE_RATIO times the
hello page under our settings, and names the page.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from pages.ui import sitemap

ROOT = Path(__file__).resolve().parents[1]
HELLO_RERUNS, PAGE_RERUNS, WARM_UP = 200, 40, 5
CROWD = {
    "results_500x87": "results",
    "alignment_500x87": "alignment",
    "stakeholders_200": "stakeholders",
    "influence_200": "influence",
}
PAGE_RATIO = 15.0
WAIT_SECONDS = 60.0
STOCK = ("--server.headless", "true", "--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false")
TICKS = os.sysconf("SC_CLK_TCK")
HELLO = """
import streamlit as st
number = st.number_input("Number", key="number", value=0)
st.write(f"Hello {number}")
"""
OURS = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
import streamlit as st
from starlette.middleware import Middleware
from pages.ui import running
from pages.ui.doorkeeper import Doorkeeper
app = st.App(Path(__file__).parent / "hello.py", middleware=[Middleware(Doorkeeper)], lifespan=running.lifespan)
"""


@dataclass(frozen=True)
class Cost:
    """CPU seconds of the server per rerun, and the median seconds until the answer was complete."""

    cpu: float
    p50: float


class Session:
    """One browser tab as the server sees it."""

    def __init__(self, socket: ClientConnection, page: str, query: str) -> None:
        self.socket, self.page, self.query = socket, page, query
        self.widget = ""

    def rerun(self, number: int | None = None) -> str:
        """Ask for a run and wait for its end; return the HTML that it drew."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = self.page
        message.rerun_script.context_info.timezone = "UTC"
        message.rerun_script.context_info.color_scheme = "light"
        if number is not None and self.widget:
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.double_value = self.widget, float(number)
        self.socket.send(message.SerializeToString())
        drawn = []
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(bytes(self.socket.recv(timeout=WAIT_SECONDS, decode=False)))
            element = answer.delta.new_element
            kind = element.WhichOneof("type") if answer.WhichOneof("type") == "delta" else None
            if kind == "number_input":
                self.widget = element.number_input.id
            elif kind == "html":
                drawn.append(element.html.body)
            elif kind == "exception":
                raise RuntimeError(f"{self.page}: {element.exception.message}")
            if answer.WhichOneof("type") == "script_finished":
                return "".join(drawn)


@contextmanager
def visiting(port: int, page: str = "", query: str = "") -> Iterator[Session]:
    own = {"Origin": f"http://127.0.0.1:{port}"}
    url = f"ws://127.0.0.1:{port}/_stcore/stream"
    with connect(url, additional_headers=own, max_size=None, compression=None, open_timeout=WAIT_SECONDS) as socket:
        yield Session(socket, page, query)


@contextmanager
def server(script: Path, *, folder: Path, home: Path | None = None, flags: tuple[str, ...] = ()) -> Iterator[Any]:
    """A server process and its port, ended at the end."""
    port = _free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith(("STREAMLIT_", "GROUNDWORK_"))}
    env |= {"HOME": str(folder), "GROUNDWORK_HOME": str(home or folder / "home")}
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), *flags]
    process = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait(timeout=30)


def measure(pid: int, session: Session, reruns: int, *, widget: bool = False) -> Cost:
    """Rerun a warm page and return what one rerun cost."""
    for number in range(WARM_UP):
        session.rerun(number if widget else None)
    seconds, before = [], _cpu(pid)
    for number in range(reruns):
        began = time.perf_counter()
        session.rerun(number + WARM_UP if widget else None)
        seconds.append(time.perf_counter() - began)
    return Cost(cpu=(_cpu(pid) - before) / reruns, p50=statistics.median(seconds))


def hello(folder: Path, script: Path, flags: tuple[str, ...] = ()) -> Cost:
    with server(script, folder=folder, flags=flags) as (pid, port), visiting(port) as session:
        return measure(pid, session, HELLO_RERUNS, widget=True)


def pages(folder: Path) -> dict[str, Cost]:
    """The cost of each page of Groundwork with its sample program, and of some with a crowd."""
    sample, crowd = folder / "sample", folder / "crowd"
    query = f"program={made(sample, 'program', 'demo', '--json')}"
    asked = {entry.url_path: "" if entry is sitemap.DEFAULT else entry.url_path for entry in sitemap.PAGES}
    costs = costs_of(folder, sample, asked, query)
    return costs | costs_of(folder, crowd, CROWD, f"program={made(crowd, 'bench.crowd')}")


def costs_of(folder: Path, home: Path, asked: dict[str, str], query: str) -> dict[str, Cost]:
    """The cost of some pages by name, from a server of their own home."""
    costs = {}
    with server(ROOT / "app.py", folder=folder, home=home) as (pid, port):
        for name, page in asked.items():
            with visiting(port, page, query) as session:
                if 'class="gw-eyebrow"' not in (first := session.rerun()) or 'role="alert"' in first:
                    raise RuntimeError(f"{name} was not drawn.")
                costs[name] = measure(pid, session, PAGE_RERUNS)
    return costs


def made(home: Path, *words: str) -> str:
    """Run a module that fills a home; return the id of the program it made."""
    env = {**os.environ, "GROUNDWORK_HOME": str(home)}
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, env=env, check=True, capture_output=True)
    return str(json.loads(done.stdout)["program"])


def stock_hello(folder: Path) -> Cost:
    """The cost of the hello page on stock Streamlit."""
    return hello(folder, _written(folder / "hello.py", HELLO), STOCK)


def our_hello(folder: Path) -> Cost:
    """The cost of the same page under our settings."""
    _written(folder / "hello.py", HELLO)
    _written(folder / ".streamlit" / "config.toml", (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    return hello(folder, _written(folder / "app.py", OURS))


def _written(file: Path, content: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return file


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stock, quick = stock_hello(folder / "stock"), our_hello(folder / "ours")
        (folder / "groundwork").mkdir()
        costs = pages(folder / "groundwork")
    ratios = {page: cost.cpu / quick.cpu for page, cost in costs.items()}
    over = [page for page, ratio in ratios.items() if ratio > PAGE_RATIO]
    print(
        json.dumps(
            {
                "hello_cpu_ratio": round(quick.cpu / stock.cpu, 4),
                "hello_p50_ratio": round(quick.p50 / stock.p50, 4),
                "pages": {page: round(ratio, 1) for page, ratio in ratios.items()},
                "over": over,
                "milliseconds": {
                    "hello_stock": _milliseconds(stock),
                    "hello": _milliseconds(quick),
                    **{page: _milliseconds(cost) for page, cost in costs.items()},
                },
            },
            indent=2,
        )
    )
    sys.exit(1 if over else 0)


def _milliseconds(cost: Cost) -> dict[str, float]:
    return {"cpu": round(1000 * cost.cpu, 2), "p50": round(1000 * cost.p50, 2)}


def _cpu(pid: int) -> float:
    """Seconds of CPU that a process and its ended threads have used, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(url, timeout=2) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"The server for {url} did not start.")


if __name__ == "__main__":
    main()
