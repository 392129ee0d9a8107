"""The statements in use: their versions, their texts and files, and what a language lacks."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st
from babel import Locale
from pydantic import BaseModel

from assessments.differences import ModelDiff, diff
from assessments.functions import ASPECTS, FUNCTIONS
from assessments.library import Form
from assessments.model import LANGUAGES, CrosswalkEntry
from assessments.model_file import json_schema
from assessments.translations import Coverage, Untranslated, coverage, missing_translations
from pages.ui import model_changes, shell, tables, text
from pages.ui.result_reads import of_program
from program.models import VersionInUse, as_json, other_texts, written
from program.queries import models as queries
from program.runs import FORMS

IN_USE, COMPARE, TRANSLATIONS = "In use", "Compare", "Translations"
SHORT_HASH = 12


@dataclass(frozen=True)
class Shown:
    """What the page says whatever is chosen on it: its headline, the line under it, and the register as HTML."""

    headline: str
    lead: str
    register: str


def shown(program_id: str, zone: str) -> Shown:
    """Return what the page says first. zone: the time zone of its dates."""
    in_use = queries.in_use(program_id)
    return Shown(headline(in_use), lead(in_use), tables.html(register(in_use, zone)))


def headline(in_use: Sequence[VersionInUse]) -> str:
    """Return how many statements are in use, whose they are, and how far the languages go."""
    count = text.plural(sum(each.statements for each in in_use), "statement", "statements")
    own = [f"{each.aspect} {each.version}" for each in in_use if each.published]
    shipped = sorted({each.version for each in in_use if not each.published})
    if not own:
        return f"{count} in use, as shipped ({text.listed(shipped)}). {_languages(in_use)}"
    rest = [each.aspect for each in in_use if not each.published]
    others = f"; {text.listed(rest)} as shipped ({text.listed(shipped)})" if rest else ""
    return f"{count} in use: {text.listed(own)} of your own{others}. {_languages(in_use)}"


def lead(in_use: Sequence[VersionInUse]) -> str:
    """Return what a version means for runs."""
    dimensions = sum(len(each.file.dimensions) for each in in_use)
    short = sum(entry.short_form for each in in_use for part in each.file.dimensions for entry in part.statements)
    return (
        f"{dimensions} dimensions; the short form asks {short} of the statements. A run keeps the statements that it "
        "was opened with, whatever is published later."
    )


def choose_aspect() -> str:
    """Ask for one of the aspects."""
    chosen = st.segmented_control(
        "Aspect",
        ASPECTS,
        default=ASPECTS[0],
        required=True,
        format_func=str.capitalize,
        key="statements.aspect",
        label_visibility="collapsed",
    )
    return chosen


def register(in_use: Sequence[VersionInUse], zone: str) -> tables.Table:
    """Return one row per aspect: its version, whose it is, and how far the languages go."""
    heads = [tables.Column("Aspect"), tables.Column("Version")]
    heads += [tables.Column("Statements", text.number, number=True), tables.Column("Published")]
    heads += [tables.Column(_english(language)) for language in LANGUAGES if language != "en"]
    heads += [tables.Column("SHA-256")]
    rows = tuple(
        (
            tables.Cell(each.aspect.capitalize(), "strong"),
            each.version,
            each.statements,
            _published(each, zone),
            *(_covered(coverage(each.file, language)) for language in LANGUAGES if language != "en"),
            each.sha256[:SHORT_HASH],
        )
        for each in in_use
    )
    return tables.Table(tuple(heads), rows, name="statements in use")


def statements(visit: shell.Visit, aspect: str) -> None:
    """Draw the statements of one aspect, and its file to take along; a file is written when its button is pressed."""
    (version,) = (each for each in of_program(queries.in_use, visit) if each.aspect == aspect)
    name = f"{aspect}_{version.version}"
    shell.title(f"{aspect.capitalize()} {version.version}", "each statement with five described levels, 0 to 4")
    with st.container(horizontal=True, gap="small"):
        _download("YAML", partial(written, version.file), f"{name}.yaml", "application/yaml")
        _download("JSON", partial(as_json, version.file), f"{name}.json", "application/json")
        _download("JSON Schema", _schema, "model.schema.json", "application/schema+json")
    shell.note(f"Change the YAML and bring it in again. SHA-256 of the JSON: {version.sha256}.")
    st.html(of_program(listed, visit, aspect))


def listed(program_id: str, aspect: str) -> str:
    """Return the statements of one aspect as a table."""
    (version,) = (each for each in queries.in_use(program_id) if each.aspect == aspect)
    functions = {each.id: each.name for each in FUNCTIONS.values()}
    rows = tuple(
        (
            entry.id,
            tables.Cell(entry.text.en, note=part.name.en),
            ", ".join(functions[function] for function in entry.functions),
            "asked" if entry.short_form else None,
        )
        for part in version.file.dimensions
        for entry in part.statements
    )
    heads = tuple(tables.Column(head, tables.blank) for head in ("Id", "Statement", "Asked of", "Short form"))
    return tables.html(tables.Table(heads, rows))


def compare(visit: shell.Visit, aspect: str) -> None:
    """Draw what differs between any two known versions of an aspect."""
    known = of_program(queries.versions, visit, aspect)
    if len(known) == 1:
        (only,) = known
        shell.title(f"{only.file.model.name.en} has one version: {only.version}, {only.origin}")
        shell.note("A second one appears here when you publish your own, or when a run asked an older one.")
        return
    names = {each.id: f"{each.version}, {each.origin}" for each in known}
    left, right = st.columns(2)
    old = left.selectbox("From", list(names), index=1, format_func=names.__getitem__, key=f"statements.{aspect}.from")
    new = right.selectbox("To", list(names), format_func=names.__getitem__, key=f"statements.{aspect}.to")
    found, crosswalk = of_program(between, visit, aspect, old, new)
    shell.title(f"{names[old]} to {names[new]}: {model_changes.count(found)}")
    model_changes.show(found, crosswalk, key="statements.compare")


def between(program_id: str, aspect: str, old: str, new: str) -> tuple[ModelDiff, CrosswalkEntry | None]:
    """Return what differs between two versions, and where the newer one sends the answers of what went away."""
    by_id = {each.id: each.file for each in queries.versions(program_id, aspect)}
    return diff(by_id[old], by_id[new]), by_id[new].crosswalk


def translations(visit: shell.Visit) -> None:
    """Draw every text that a language lacks, by file, id and field."""
    others = [language for language in LANGUAGES if language != "en"]
    language = others[0]
    if len(others) > 1:
        language = st.selectbox("Language", others, format_func=_english, key="statements.language", width=240)
    chosen = st.segmented_control(
        "Form",
        list(FORMS),
        default="short",
        required=True,
        format_func={"short": "Short form", "long": "All texts"}.__getitem__,
        key="statements.form",
        label_visibility="collapsed",
    )
    form: Form = "long" if chosen == "long" else "short"
    missing = of_program(untranslated, visit, language, form)
    where = "the short form" if form == "short" else "all texts"
    if not missing:
        shell.title(f"{_english(language)} is complete for {where}")
        shell.note("English stands in wherever a text is missing, so nothing is ever shown empty.")
        return
    count = text.plural(len(missing), "text is", "texts are")
    shell.title(f"{count} missing in {_english(language)}", f"of {where}; English stands in for them")
    heads = tuple(tables.Column(head) for head in ("File", "Id", "Field", "English"))
    rows = tuple((each.file, each.id, each.field, each.english) for each in missing)
    model_changes.long(tables.Table(heads, rows, name=f"missing {language}"), key="statements.missing")


def untranslated(program_id: str, language: str, form: Form) -> tuple[Untranslated, ...]:
    """Return what a language lacks of the files in use."""
    return missing_translations(_files(queries.in_use(program_id)), language, form=form)


def _files(in_use: Sequence[VersionInUse]) -> Mapping[str, BaseModel]:
    return {f"{each.aspect}.yaml": each.file for each in in_use} | other_texts()


def _languages(in_use: Sequence[VersionInUse]) -> str:
    """How far the languages besides English go, over all files."""
    return " ".join(_reach(language, in_use) for language in LANGUAGES if language != "en")


def _reach(language: str, in_use: Sequence[VersionInUse]) -> str:
    name, files = _english(language), [coverage(file, language) for file in _files(in_use).values()]
    done, texts = sum(each.done for each in files), sum(each.texts for each in files)
    short, short_texts = sum(each.short_done for each in files), sum(each.short_texts for each in files)
    if done == texts:
        return f"{name} covers everything."
    if short == short_texts:
        return f"{name} covers the short form."
    if not done:
        return f"There is no {name} yet."
    return f"{name} lacks {text.share(short_texts - short, short_texts)} of the short form's texts."


def _english(language: str) -> str:
    return Locale(language).get_language_name("en") or language


def _covered(found: Coverage) -> str:
    if found.done == found.texts:
        return "complete"
    return "short form" if found.short_done == found.short_texts else f"{found.done} of {found.texts} texts"


def _published(version: VersionInUse, zone: str) -> tables.Cell:
    if version.published is None:
        return tables.Cell("as shipped", "muted")
    by = version.published.published_by
    return tables.Cell(text.moment(version.published.published_at, zone), note=f"by {by}" if by else "")


def _schema() -> bytes:
    return json.dumps(json_schema(), indent=2).encode()


def _download(label: str, content: Callable[[], bytes], name: str, media_type: str) -> None:
    key = f"statements.{label.lower().replace(' ', '_')}"
    st.download_button(label, content, name, media_type, key=key, on_click="ignore")
