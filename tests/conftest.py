"""What tests share: a home folder of their own, a migrated store on SQLite or PostgreSQL, an owner and a program."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings
from sqlalchemy import NullPool, create_engine, make_url, text

from program.actions.members import local_owner
from program.actions.programs import create_program
from program.store.engine import reset
from program.store.migrate import migrate
from program.store.tables import Base
from program.values import Actor

settings.register_profile("any machine", deadline=None)  # a busy machine is no fault
settings.load_profile("any machine")

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TABLES = Base.metadata.sorted_tables
POSTGRES = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), default=None)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home folder that nobody else uses, with SQLite and nothing in it."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("GROUNDWORK_HOME", str(folder))
    monkeypatch.delenv("GROUNDWORK_DATABASE_URL", raising=False)
    reset()
    yield folder
    reset()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that every store starts as a copy of."""
    folder = tmp_path_factory.mktemp("migrated")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GROUNDWORK_HOME", str(folder))
        patch.delenv("GROUNDWORK_DATABASE_URL", raising=False)
        reset()
        migrate()
        reset()
    return folder / "groundwork.sqlite"


@pytest.fixture
def store(home: Path, migrated_file: Path) -> Path:
    """A migrated store on SQLite; the value is its home folder."""
    shutil.copy(migrated_file, home / "groundwork.sqlite")
    return home


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A migrated store, once on SQLite and once on PostgreSQL; the value is its home folder."""
    if request.param == "postgres":
        home: Path = request.getfixturevalue("home")
        address = request.getfixturevalue("postgres_shared_url")
        _run_on(address, "TRUNCATE " + ", ".join(f'"{table.name}"' for table in TABLES))
        monkeypatch.setenv("GROUNDWORK_DATABASE_URL", address)
        reset()
        return home
    found: Path = request.getfixturevalue("store")
    return found


@pytest.fixture
def owner(request: pytest.FixtureRequest) -> Actor:
    """The local owner of the installation, at NOW; in any_store when the test asked for it."""
    request.getfixturevalue("any_store" if "any_store" in request.fixturenames else "store")
    return local_owner(NOW)


@pytest.fixture
def program_id(owner: Actor) -> str:
    """An empty program in EUR that the owner owns."""
    return create_program(
        owner,
        name="Closer to customers",
        client_name="Lindqvist Outdoor",
        currency="EUR",
        time_zone="Europe/Stockholm",
        starts_on=date(2026, 1, 5),
    )


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of data sets to test on."""
    folder = Path(os.environ.get("GROUNDWORK_TEST_DATA", "/nowhere"))
    if not folder.is_dir():
        pytest.skip("GROUNDWORK_TEST_DATA names no folder with the data sets")
    return folder


class Cluster:
    """A PostgreSQL server of its own, on a free port of the loopback address."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs = programs
        self.folder = folder
        self.port = _free_port()

    def run(self, program: str, *arguments: str) -> None:
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*as_postgres, str(self.programs / program), *arguments]
        subprocess.run(command, check=True, timeout=60, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def create(self) -> None:
        setting = ("-A", "trust", "-U", "gw", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.run("initdb", "-D", f"{self.folder}/data", *setting)

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder} -c fsync=off"
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log", "-w", "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-w", "-m", mode, "stop")

    def url(self, database: str) -> str:
        return f"postgresql://gw@127.0.0.1:{self.port}/{database}"


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running PostgreSQL server; skipped where its programs are not installed."""
    if POSTGRES is None or not (POSTGRES / "initdb").exists():
        pytest.skip("PostgreSQL's programs are not installed on this machine")
    folder = Path(tempfile.mkdtemp(prefix="gw-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    made = Cluster(POSTGRES, folder)
    try:
        made.create()
        made.start()
        yield made
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            made.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(cluster: Cluster) -> Iterator[str]:
    """The URL of an empty database of its own."""
    name = f"t_{uuid4().hex[:12]}"
    _run_on(cluster.url("postgres"), f"CREATE DATABASE {name}")
    yield cluster.url(name)
    reset()
    _run_on(cluster.url("postgres"), f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_shared_url(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a migrated database that the tests of one session use after each other."""
    _run_on(cluster.url("postgres"), "CREATE DATABASE shared")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GROUNDWORK_HOME", str(tmp_path_factory.mktemp("shared")))
        patch.setenv("GROUNDWORK_DATABASE_URL", cluster.url("shared"))
        reset()
        migrate()
        reset()
    return cluster.url("shared")


def _run_on(address: str, statement: str) -> None:
    url = make_url(address).set(drivername="postgresql+psycopg")
    with create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as connection:
        connection.execute(text(statement))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
