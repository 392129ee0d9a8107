"""A real server process with its own home, and a real Chromium. Every wait ends."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from program.store import engine

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90.0
WAIT_MS = 20_000
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
STOCK_PROBES = re.compile(r"/_stcore/(health|host-config)$")  # Streamlit looks for its base path below each page

RERUN_SECONDS = 4.0  # a click that reruns nothing (a popover, a choice inside a form) is waited for this long
WATCH_RUNS = """() => {
  const app = document.querySelector('[data-testid="stApp"]')
  window.gwWatch?.disconnect()
  window.gwRuns = 0
  window.gwWatch = new MutationObserver(() => {
    if (app.dataset.testScriptState === 'notRunning') window.gwRuns += 1
  })
  window.gwWatch.observe(app, { attributes: true, attributeFilter: ['data-test-script-state'] })
}"""

expect.set_options(timeout=WAIT_MS)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running Groundwork: its address, its own home, and what it printed."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]
    printed: Path

    def output(self) -> str:
        return self.printed.read_text(encoding="utf-8", errors="replace")


@contextmanager
def running(command: list[str], *, printed: Path, ready: str, env: dict[str, str], cwd: Path) -> Iterator[Any]:
    """A process that answers 200 at an address, ended at the end."""
    with printed.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, env=env, cwd=cwd, stdin=subprocess.DEVNULL
        )
    try:
        until = time.monotonic() + START_SECONDS
        while not _answers(ready):
            if process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"{command[2:5]} did not start:\n{printed.read_text(errors='replace')[-4000:]}")
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=15)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2.0).status_code == 200
    except httpx.HTTPError:
        return False


@contextmanager
def at_home(home: Path) -> Iterator[None]:
    """Let this process's own calls reach the records of a server's home."""
    before = os.environ.get("GROUNDWORK_HOME")
    os.environ["GROUNDWORK_HOME"] = str(home)
    engine.reset()
    try:
        yield
    finally:
        engine.reset()
        if before is None:
            del os.environ["GROUNDWORK_HOME"]
        else:
            os.environ["GROUNDWORK_HOME"] = before


@contextmanager
def serving(folder: Path, *, secrets: str = "", port: int | None = None, home: Path | None = None) -> Iterator[Server]:
    """Groundwork as `streamlit run app.py` starts it, in its own process, folder and home."""
    home, port = home or folder / "home", port or free_port()
    home.mkdir(parents=True, exist_ok=True)
    (folder / ".streamlit").mkdir(exist_ok=True)
    if secrets:
        (folder / ".streamlit" / "secrets.toml").write_text(secrets, encoding="utf-8")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("STREAMLIT_", "GROUNDWORK_"))}
    env |= {"GROUNDWORK_HOME": str(home), "HOME": str(folder)}
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)]
    url = f"http://127.0.0.1:{port}"
    printed = folder / "server.log"
    with running(command, printed=printed, ready=f"{url}/api/health", env=env, cwd=folder) as process:
        yield Server(url=url, home=home, process=process, printed=printed)


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample program, as `python -m program demo` fills it; whoever changes it copies it first."""
    home = tmp_path_factory.mktemp("sample") / "home"
    env = os.environ | {"GROUNDWORK_HOME": str(home)}
    subprocess.run([sys.executable, "-m", "program", "demo"], check=True, timeout=120, env=env, cwd=ROOT)
    return home


Serve = Callable[..., Server]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Start servers that end with the test: serve(secrets=..., port=..., home=...)."""
    with ExitStack() as open_servers:

        def start(**given: Any) -> Server:
            folder = tmp_path / f"server-{free_port()}"
            folder.mkdir()
            started: AbstractContextManager[Server] = serving(folder, **given)
            return open_servers.enter_context(started)

        yield start


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for one file of tests: while Playwright is up, an event loop runs that other files must not find."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no chromium on this machine; make test installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS), timeout=60_000)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """One person's browser: a page, and what it complained about."""

    page: Page
    context: BrowserContext
    problems: list[str] = field(default_factory=list)

    def open(self, url: str) -> None:
        self.page.goto(url, wait_until="domcontentloaded")
        self.settle()

    def settle(self) -> None:
        """Wait until the page's run has ended and something is drawn."""
        self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(timeout=WAIT_MS)
        self.page.locator(".stMainBlockContainer h1").first.wait_for(timeout=WAIT_MS)

    @contextmanager
    def rerun(self) -> Iterator[None]:
        """Do something that reruns the page, and wait for the end of that run; what reruns nothing waits in vain."""
        self.page.evaluate(WATCH_RUNS)
        yield
        deadline = time.monotonic() + RERUN_SECONDS
        while time.monotonic() < deadline and not self.page.evaluate("window.gwRuns > 0"):
            self.page.wait_for_timeout(30)
        self.settle()

    def problems_at(self, url: str) -> list[str]:
        """Complaints about one server, where a foreign page was visited in between."""
        return [problem for problem in self.problems if url in problem]

    def walk(self, section: str, title: str = "") -> None:
        """Go to a page as people do: by the navigation."""
        with self.rerun():
            if title:
                self.page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
                self.page.get_by_test_id("stTopNavPopover").get_by_text(title, exact=True).click()
            else:
                self.page.get_by_test_id("stTopNavLink").filter(has_text=section).first.click()
        expect(self.page.locator(".gw-eyebrow b")).to_have_text(title or section)

    def choose(self, view: str) -> None:
        """Press one button of a switch, such as Figure and Table."""
        with self.rerun():
            self.page.get_by_test_id("stButtonGroup").get_by_role("radio", name=view, exact=True).click()

    def pick(self, label: str, option: str) -> None:
        """Choose an option of a drop-down list."""
        self.page.get_by_role("combobox", name=label, exact=True).click()
        with self.rerun():
            self.page.get_by_role("option", name=option, exact=True).click()

    def press(self, button: str) -> None:
        with self.rerun():
            self.page.get_by_role("button", name=button, exact=True).click()

    def says(self, answer: str) -> None:
        """Wait until the headline holds some words; the one before may stand beside it for a moment."""
        expect(self.page.locator("h1").filter(has_text=re.compile(re.escape(answer))).first).to_be_visible()

    def heading(self) -> str:
        return self.page.locator("h1").inner_text(timeout=WAIT_MS)


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Open browsers that share nothing: visit(color_scheme='dark', width=1440, height=900)."""
    with ExitStack() as opened:

        def open_browser(*, color_scheme: str = "light", width: int = 1440, height: int = 900) -> Visitor:
            context = chromium.new_context(
                color_scheme="dark" if color_scheme == "dark" else "light",
                viewport={"width": width, "height": height},
            )
            opened.callback(context.close)
            context.set_default_timeout(WAIT_MS)
            visitor = Visitor(page=context.new_page(), context=context)
            visitor.page.on("console", lambda message: _note(visitor.problems, message))
            visitor.page.on("pageerror", lambda error: visitor.problems.append(str(error)))
            return visitor

        yield open_browser


def _note(problems: list[str], message: ConsoleMessage) -> None:
    url = str(message.location.get("url", ""))
    if message.type == "error" and not STOCK_PROBES.search(url):
        problems.append(f"{message.text} ({url})")
