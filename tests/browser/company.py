"""A company that signs in: a server, its provider, and an owner who opens runs on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from program.actions import assessments, invited, members, programs
from program.queries import assessments as queries
from program.runs import Guest
from program.store.migrate import migrate
from program.values import Actor
from tests.browser.assessing import Said
from tests.browser.conftest import Server, Visit, Visitor, at_home, free_port, serving
from tests.browser.identity import identity_provider, secrets, sign_in
from tests.browser.test_gate import listen


@dataclass(frozen=True)
class Company:
    """A server with sign-in configured, its provider, and Ann who owns everything on it."""

    server: Server
    provider: str
    ann: Actor

    def program(self, name: str, *, client: str = "Alder & Finch") -> str:
        with at_home(self.server.home):
            return programs.create_program(
                self.ann,
                name=name,
                client_name=client,
                currency="USD",
                time_zone="UTC",
                starts_on=date(2026, 1, 5),
            )

    def run(self, program_id: str, *, anonymous: bool) -> tuple[str, str]:
        """Open a run; its id and the address of its link."""
        with at_home(self.server.home):
            made = assessments.start_run(self.ann, program_id=program_id, name="What is so", anonymous=anonymous)
            if not anonymous:
                assessments.make_link(self.ann, program_id=program_id, run_id=made, version=1)
            return made, f"{self.server.url}/invited?code={queries.run(program_id, made).invite}"

    def give(self, link: str, said: list[Said], *, device: str | None = None) -> None:
        """Answer an anonymous run by its link without a browser; device: of somebody who began in one."""
        with at_home(self.server.home):
            guest = Guest(link.rpartition("=")[2], device or _token(said[0].who), datetime.now(UTC))
            if device is None:
                invited.take_part(guest, function=said[0].role)
            for each in said:
                level = int(each.answer) if each.answer.isdigit() else None
                kind, reason = "level" if level is not None else each.answer, "None" if each.answer == "na" else None
                invited.answer(guest, statement_id=each.statement, kind=kind, level=level, reason=reason, version=None)


def _token(who: str) -> str:
    return "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[ord(each) % 32] for each in f"{who:>32}")


@contextmanager
def company_with_sign_in(folder: Path) -> Iterator[Company]:
    home, port = folder / "home", free_port()
    home.mkdir()
    with identity_provider(folder / "provider.log") as provider:
        with at_home(home):
            migrate()
            ann = members.claim_ownership(
                issuer=provider, subject="ann", email="ann@alder.example", name="Ann", now=datetime.now(UTC)
            )
        with serving(folder, secrets=secrets(provider, port), port=port) as server:
            yield Company(server, provider, ann)


def signed_in(
    company: Company,
    visit: Visit,
    address: str,
    program_id: str,
    *,
    who: str = "ann",
    received: list[bytes | str] | None = None,
) -> Visitor:
    """Somebody who signed in on the way to a page; received: what the server sends to them from now on."""
    visitor = visit()
    if received is not None:
        visitor.page.on("websocket", lambda socket: listen(socket, received))
    visitor.open(f"{company.server.url}/{address}?program={program_id}")
    sign_in(visitor, who)
    return visitor
