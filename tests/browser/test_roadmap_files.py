"""The files that the roadmap gives arrive in a browser: activities, calendar and project file."""

import csv
import os
import shutil
from pathlib import Path

import pytest

from program.reports import msproject
from tests.browser.conftest import Serve, Visit, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

needs_java = pytest.mark.skipif(
    not msproject.available() or not (shutil.which("java") or os.environ.get("JAVA_HOME")),
    reason="mpxj or Java is not installed",
)


def arrived(visitor: Visitor, button: str) -> tuple[str, bytes]:
    """The name and the content of the file that a button gives."""
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("button", name=button, exact=True).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


@pytest.fixture
def exchange(serve: Serve, visit: Visit, sample_home: Path, tmp_path: Path) -> Visitor:
    """The Exchange view of the sample's roadmap."""
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    visitor = visit()
    visitor.open(serve(home=home).url)
    visitor.walk("Plan", "Roadmap")
    visitor.choose("Exchange")
    return visitor


def test_activities_and_calendar_arrive(exchange: Visitor) -> None:
    name, content = arrived(exchange, "Activities as CSV")
    assert name == "activities.csv"
    head = next(csv.reader(content.decode("utf-8-sig").splitlines()))
    assert head[:6] == ["id", "name", "duration", "predecessors", "component", "owner"]
    name, content = arrived(exchange, "Calendar (.ics)")
    assert name == "roadmap.ics"
    assert content.startswith(b"BEGIN:VCALENDAR")
    assert exchange.problems == []


@needs_java
def test_the_project_file_arrives(exchange: Visitor) -> None:
    exchange.press("Microsoft Project (.xml)")
    name, content = arrived(exchange, "Download the project file")
    assert name == "roadmap.xml"
    assert len(msproject.read(content, name).rows) > 0
    assert exchange.problems == []
