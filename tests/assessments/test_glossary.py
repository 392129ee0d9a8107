"""The words that statements use: each is explained, found in texts, and the same in the documents."""

import re
from pathlib import Path

import pytest

from assessments.content import Statement
from assessments.glossary import FILE, GlossaryFile, Term, terms, terms_in
from assessments.library import load
from assessments.model import LANGUAGES
from assessments.model_file import BadModel, parse

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"

# What a manager who is new to the subject may stumble over; the form as it stands in a text.
JARGON = """
CRM; Social CRM; advocacy; advocates; accountable; agents; ambiguous; backup; breach; brief; budget lines; campaign;
case; channels; chief customer officer; company profiles; component; confidence; consent; coordinator; customer record;
customer-facing; open deal; decision log; duplicate; duplicates; engagement; exact keys; false-match; filter; followers;
front line; front-line; function; hand-overs; interaction; interface; keywords; knowledge base; labeled sample;
mandate; match; match rule; mechanism; merge; merges; metric; missed-match; network; notebook; owner; PEST; Porter;
posts; precision; profile; program; recall; repeat contacts; reserve; routing; routes; sample; self-declared link;
shared record; social behavior; social channels; social data; social profile; SWOT; tactic; threshold; unmatched
"""
NOT_IN_STATEMENTS = (
    "SLA; social handle; match rate; pillar; dedupe; escalation; RACI; BPM; workflow; win-win; single view"
)
GERMAN = """
Fürsprache; Fürsprecher; Baustein; Bausteine; Bereich; Bereiche; Dubletten; Einwilligung; Entscheidungsprotokoll;
Genauigkeit; Kanal; Kennzahl; Kundendatensatz; Kurzbeschreibung; Maßnahme; PEST; Porter; Profile; Recall; SWOT;
Schnittstelle; Schwelle; sozialen Netzwerken; Stichprobe; Übergaben; Zuordnungen; Zuordnungsregel; Auftrag; Fälle
"""


def words(listed: str) -> list[str]:
    return [" ".join(word.split()) for word in listed.split(";")]


def texts(statement: Statement) -> list[str]:
    return [statement.text, *statement.levels, *(evidence.ask for evidence in statement.evidence)]


ALL = {language: " / ".join(t for s in load().in_language(language).statements("long") for t in texts(s))
       for language in LANGUAGES}  # fmt: skip


@pytest.mark.parametrize("word", words(JARGON))
def test_jargon_that_statements_use_is_explained(word: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", ALL["en"], re.IGNORECASE), "no statement uses it"
    assert len(terms_in(word)) == 1


@pytest.mark.parametrize("word", words(NOT_IN_STATEMENTS))
def test_jargon_of_the_rest_is_explained(word: str) -> None:
    assert len(terms_in(word)) == 1


@pytest.mark.parametrize("word", words(GERMAN))
def test_jargon_of_the_german_short_form_is_explained(word: str) -> None:
    assert word in ALL["de"]
    assert len(terms_in(word, "de")) == 1


def test_no_statement_uses_jargon_that_is_not_explained() -> None:
    """Capitals that are no plain word, and words that plain speech does without."""
    known = {form for word in terms() for form in word.name.split()} | {"IT"}
    assert set(re.findall(r"\b[A-Z]{2,}\b", ALL["en"])) <= known
    forbidden = r"\b(KPIs?|touchpoints?|leads|tickets?|churn|funnel|ROI|stakeholders?|synerg\w+|holistic|omnichannel)\b"
    used = re.findall(forbidden, ALL["en"].replace("who leads today", ""), re.IGNORECASE)
    assert not used


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_meaning_is_one_plain_sentence(language: str) -> None:
    for term in terms(language):
        assert re.fullmatch(r"[A-ZÄÖÜ][^.!?]*\.", term.meaning), term
        assert len(term.meaning) <= 140, term
        assert term.id in {found.id for found in terms_in(term.name, language)} or term.id == "handle", term


def test_the_two_languages_have_their_own_words() -> None:
    for english, german in zip(terms(), terms("de"), strict=True):
        assert english.id == german.id
        assert english.meaning != german.meaning


def ids(found: tuple[Term, ...]) -> list[str]:
    return [term.id for term in found]


def test_words_are_found_whole_in_the_order_of_the_text_and_once() -> None:
    assert ids(terms_in("Owners look at metrics; an owner has a Metric.")) == ["owner", "metric"]
    assert ids(terms_in("Encase the showcase, homeowner")) == []
    assert ids(terms_in("multi-channel")) == []
    assert ids(terms_in("people who deal with customers and their deals won")) == ["deal"]


def test_the_longest_form_wins() -> None:
    assert ids(terms_in("Social CRM")) == ["social_crm"]
    assert ids(terms_in("a company profile and a social profile")) == ["company_profile", "social_profile"]
    assert ids(terms_in("verpasster Zuordnungen", "de")) == ["missed_match"]


def test_capitals_are_found_in_capitals_only() -> None:
    assert ids(terms_in("PEST, SWOT")) == ["pest", "swot"]
    assert ids(terms_in("a pest, a sla")) == []


def test_a_statement_shows_its_words() -> None:
    identity = load().statement("ME-IDN-1")
    found = ids(terms_in(" ".join(texts(identity))))
    assert {"social_profile", "customer_record", "exact_key", "labeled_sample", "precision", "recall"} <= set(found)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  - id: swot\n", "  - id: pest\n", "pest stands for two words"),
        ('["SWOT"], de: ["SWOT"]', '["PEST"], de: ["SWOT"]', "pest stands for two words"),
        ('["SWOT"], de: ["SWOT"]', '[], de: ["SWOT"]', "should have at least 1 item"),
    ],
)
def test_a_file_that_gives_two_meanings_is_refused(old: str, new: str, problem: str) -> None:
    text = FILE.read_text()
    assert old in text
    with pytest.raises(BadModel, match=problem):
        parse(text.replace(old, new), file=FILE.name, shape=GlossaryFile)


def documented() -> list[tuple[str, str]]:
    """The words and meanings of docs/glossary.md."""
    rows = [line.split("|") for line in GLOSSARY.read_text().splitlines() if line.startswith("| ")]
    return [(row[1].strip(), row[2].strip()) for row in rows if row[1].strip() != "word"]


def plain(meaning: str) -> str:
    return meaning.casefold().removesuffix(".").removeprefix("a ")


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.id)
def test_the_documents_say_the_same(term: Term) -> None:
    (meaning,) = [meaning for word, meaning in documented() if word.casefold() == term.name.casefold()]
    assert plain(meaning).startswith(plain(term.meaning))


def test_the_words_in_the_documents_are_in_the_file() -> None:
    section = GLOSSARY.read_text().split("## Words in the statements")[1]
    listed = {line.split("|")[1].strip() for line in section.splitlines() if line.startswith("| ")} - {"word"}
    assert listed <= {term.name for term in terms()}
    assert len(listed) > 50
