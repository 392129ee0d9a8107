"""Evidence: words, links and files beside a statement, who may attach them, and the level that they show."""

from datetime import timedelta
from typing import Any

import pytest

from program.access import Refused
from program.actions.assessments import close_run, join_run, save_answer, start_run
from program.actions.evidence import add_evidence, remove_evidence
from program.actions.programs import import_program
from program.evidence import check_file, check_link, file_name
from program.parcel import unwrap, wrap
from program.queries import assessments
from program.reports.exchange import export_program
from program.runs import EVIDENCE_LARGEST, EVIDENCE_TYPES
from program.values import Actor, Invalid, Missing, Stale
from tests.program.making import person

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
VOICE: dict[str, Any] = {"statement_id": "MI-VOC-1", "kind": "decision_log"}


@pytest.fixture
def run_id(owner: Actor, program_id: str) -> str:
    return start_run(owner, program_id=program_id, name="Spring")


@pytest.fixture
def bo(owner: Actor, program_id: str, run_id: str) -> Actor:
    """A contributor who answers for service."""
    found = person(owner, program_id, "contributor")
    join_run(found, program_id=program_id, run_id=run_id, function="service")
    return found


def attach(actor: Actor, program_id: str, run_id: str, **given: Any) -> str:
    values = {**VOICE, "function": None, **given}
    return add_evidence(actor, program_id=program_id, run_id=run_id, **values)


@pytest.mark.usefixtures("any_store")
def test_words_links_and_files_come_back_as_they_were_given(owner: Actor, program_id: str, run_id: str) -> None:
    attach(owner, program_id, run_id, function="sales", note=" Minutes of May ")
    attach(owner, program_id, run_id, link="https://intranet.example.com/log?of=may#3")
    for length in (100, 101, 102):  # base64 pads differently
        content = PNG[: length - 1] + b"x"
        id_ = attach(owner, program_id, run_id, content=content, file_name=r"C:\logs\Päge 1.PNG")
        item = next(each for each in assessments.evidence(program_id, run_id) if each.id == id_)
        assert (item.file_name, item.media_type, item.size) == ("Päge 1.PNG", "image/png", length)
        assert assessments.evidence_file(program_id, id_) == ("Päge 1.PNG", "image/png", content)
    noted, linked, *_ = sorted(assessments.evidence(program_id, run_id), key=lambda each: (each.size, each.link or ""))
    assert (noted.function, noted.note, noted.link, noted.size, noted.added_at) == (
        "sales", "Minutes of May", None, 0, owner.now
    )  # fmt: skip
    assert (linked.note, linked.link) == (None, "https://intranet.example.com/log?of=may#3")
    with pytest.raises(Missing):
        assessments.evidence_file(program_id, noted.id)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "JavaScript://x.example.com/%0aalert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.com/x",
        "//example.com/x",
        "https://",
        "https:///path",
        "intranet/log",
        "https://exa mple.com",
        "https://example.com/\nx",
        "https://[::1",
        "https://example.com/" + "x" * 2000,
    ],
)
def test_what_is_no_web_address_is_refused(owner: Actor, program_id: str, run_id: str, link: str) -> None:
    with pytest.raises(Invalid) as refused:
        attach(owner, program_id, run_id, link=link, note="See there")
    assert refused.value.field == "link"
    assert assessments.evidence(program_id, run_id) == []


def test_a_link_is_kept_literally() -> None:
    assert check_link(" HTTP://example.com/a?b=[c]&d=<e> ") == "HTTP://example.com/a?b=[c]&d=<e>"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("log.exe", b"MZ", "no file that can be kept"),
        ("log.html", b"<p>", "no file that can be kept"),
        ("log.svg", b"<svg>", "no file that can be kept"),
        ("log", b"x", "no file that can be kept"),
        ("", b"x", "no file that can be kept"),
        (".pdf", b"%PDF-1.7", "no file that can be kept"),
        ("log.pdf", b"", "is empty"),
        ("log.pdf", b"MZ\x90", "named as pdf and is something else"),
        ("log.png", b"%PDF-1.7", "named as png"),
        ("log.csv", b"a,b\x00", "named as csv"),
        ("log.txt", b"\xff\xfe\x00", "named as txt"),
        ("log.xlsx", b"a,b", "named as xlsx"),
        ("log.pdf", b"%PDF-" + b"x" * EVIDENCE_LARGEST, "5,000,000 is the most"),
    ],
)
def test_what_is_no_file_to_keep_is_refused(name: str, content: bytes, said: str) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        check_file(name, content)
    assert refused.value.field == "file"


def test_the_largest_file_is_kept() -> None:
    assert check_file("log.pdf", b"%PDF-".ljust(EVIDENCE_LARGEST, b"x")) == ("log.pdf", EVIDENCE_TYPES["pdf"])
    assert check_file("photo.JPEG", b"\xff\xd8\xff\xe0") == ("photo.JPEG", "image/jpeg")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../app.py", "app.py"),
        (r"C:\x\log.csv", "log.csv"),
        ("a\u202egpj.csv", "agpj.csv"),
        ("a\nb\x00.csv", "ab.csv"),
        ("x" * 300 + ".csv", "x" * 196 + ".csv"),
        ("notes." + "x" * 300, "x" * 200),
        ("🙂.csv", "🙂.csv"),
    ],
)
def test_fault_28_a_files_name_is_shown_and_never_a_path(name: str, shown: str) -> None:
    assert file_name(name) == shown


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "note"),
        ({"note": "  ", "link": " "}, "note"),
        ({"note": "x", "kind": "rumor"}, "kind"),
        ({"note": "x", "statement_id": "MI-VOC-2"}, "statement_id"),
        ({"note": "x", "statement_id": "MI-XXX-1"}, "statement_id"),
        ({"note": "x", "function": "wizard"}, "function"),
    ],
)
def test_what_shows_nothing_is_refused(
    owner: Actor, program_id: str, run_id: str, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        attach(owner, program_id, run_id, **given)
    assert refused.value.field == field
    assert assessments.evidence(program_id, run_id) == []


def test_a_contributor_attaches_for_the_own_function_while_the_run_is_open(
    owner: Actor, program_id: str, run_id: str, bo: Actor
) -> None:
    own = attach(bo, program_id, run_id, function="service", note="Minutes")
    for function in ("sales", None):
        with pytest.raises(Refused):
            attach(bo, program_id, run_id, function=function, note="Minutes")
    others = attach(owner, program_id, run_id, function="sales", note="Minutes")
    with pytest.raises(Refused):
        remove_evidence(bo, program_id=program_id, evidence_id=others, version=1)
    with pytest.raises(Stale):
        remove_evidence(bo, program_id=program_id, evidence_id=own, version=0)
    remove_evidence(bo, program_id=program_id, evidence_id=own, version=1)
    assert [item.id for item in assessments.evidence(program_id, run_id)] == [others]


def test_who_does_not_take_part_attaches_nothing(owner: Actor, program_id: str, run_id: str) -> None:
    with pytest.raises(Refused):
        attach(person(owner, program_id, "editor"), program_id, run_id, function="service", note="Minutes")
    leads = person(owner, program_id, "facilitator", name="Fay")
    assert attach(leads, program_id, run_id, function="service", note="Minutes")


def test_after_closing_only_who_leads_attaches_and_no_claim_changes(
    owner: Actor, program_id: str, run_id: str, bo: Actor
) -> None:
    mine = assessments.my_respondent(program_id, run_id, bo.user_id)
    assert mine is not None
    own = attach(bo, program_id, run_id, function="service", note="Minutes")
    save_answer(
        bo, program_id=program_id, respondent_id=mine.id, statement_id="MI-VOC-1", kind="level", level=3, version=None
    )
    close_run(owner, program_id=program_id, run_id=run_id, version=1)
    before = assessments.assessment(program_id, run_id)
    with pytest.raises(Invalid, match="closed"):
        attach(bo, program_id, run_id, function="service", note="Later")
    with pytest.raises(Invalid, match="closed"):
        remove_evidence(bo, program_id=program_id, evidence_id=own, version=1)
    attach(owner, program_id, run_id, function="service", note="Later")
    assert len(assessments.evidence(program_id, run_id)) == 2
    assert assessments.assessment(program_id, run_id) == before


def test_an_anonymous_run_takes_it_from_who_leads_and_for_no_function(owner: Actor, program_id: str) -> None:
    run_id = start_run(owner, program_id=program_id, name="What is so", anonymous=True)
    with pytest.raises(Refused):
        attach(person(owner, program_id, "contributor"), program_id, run_id, note="Minutes")
    with pytest.raises(Invalid) as refused:
        attach(owner, program_id, run_id, function="service", note="Minutes")
    assert refused.value.field == "function"
    attach(owner, program_id, run_id, note="Minutes")
    assert [item.function for item in assessments.evidence(program_id, run_id)] == [None]


def test_a_claimed_level_is_shown_from_the_day_of_its_evidence(
    owner: Actor, program_id: str, run_id: str, bo: Actor
) -> None:
    mine = assessments.my_respondent(program_id, run_id, bo.user_id)
    assert mine is not None
    save_answer(
        bo, program_id=program_id, respondent_id=mine.id, statement_id="MI-VOC-1", kind="level", level=3, version=None
    )

    def shown(**delta: float) -> tuple[float | None, int | None, tuple[str, ...]]:
        day = (owner.now + timedelta(**delta)).date()
        levels = assessments.evidenced(program_id, run_id, today=day, facts={})
        found = next(level for level in levels if level.statement == "MI-VOC-1")
        return found.claimed, found.evidenced, found.missing

    assert shown() == (3, 2, ("decision_log",))
    attach(owner, program_id, run_id, note="Minutes")
    assert shown(days=-1) == (3, 2, ("decision_log",))
    assert shown() == (3, 3, ())


def test_the_files_of_a_program_stay_so_small_that_its_file_can_be_read(
    owner: Actor, program_id: str, run_id: str
) -> None:
    largest = b"%PDF-".ljust(EVIDENCE_LARGEST, b"x")
    for number in range(1, 7):
        attach(owner, program_id, run_id, content=largest[: -10 * number], file_name=f"{number}.pdf")
    with pytest.raises(Invalid, match="more than 30 MB together"):
        attach(owner, program_id, run_id, content=largest[:1000], file_name="7.pdf")
    attach(owner, program_id, run_id, link="https://example.com")
    assert len(unwrap(export_program(program_id))["evidence"]) == 7


@pytest.mark.usefixtures("any_store")
def test_fault_51_evidence_of_another_program_is_missing(owner: Actor, program_id: str, run_id: str) -> None:
    id_ = attach(owner, program_id, run_id, content=PNG, file_name="a.png")
    elsewhere = import_program(owner, content=export_program(program_id))
    (copied,) = assessments.runs(elsewhere)
    assert len(assessments.evidence(elsewhere, copied.id)) == 1
    for attempt in (
        lambda: assessments.evidence(elsewhere, run_id),
        lambda: assessments.evidence_file(elsewhere, id_),
        lambda: remove_evidence(owner, program_id=elsewhere, evidence_id=id_, version=1),
        lambda: attach(owner, elsewhere, run_id, note="Minutes"),
    ):
        with pytest.raises(Missing):
            attempt()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"link": "javascript:alert(1)"}, "begins with https"),
        ({"file_name": "../a.png"}, "not what it is called"),
        ({"media_type": "text/html"}, "not what it is called"),
        ({"content": "PHA+"}, "named as png"),
        ({"content": "%%%"}, "evidence 1"),
        ({"content": None}, "does not hold"),
        ({"kind": "rumor"}, "no run of the file asks for"),
        ({"statement_id": "MI-XXX-1"}, "no run of the file asks for"),
        ({"function": "wizard"}, "is none of"),
    ],
)
def test_a_file_brings_in_only_evidence_that_people_could_have_attached(
    owner: Actor, program_id: str, run_id: str, values: dict[str, Any], said: str
) -> None:
    attach(owner, program_id, run_id, content=PNG, file_name="a.png")
    content = unwrap(export_program(program_id))
    content["evidence"][0] |= values
    with pytest.raises(Invalid, match=said):
        import_program(owner, content=wrap(content))
