"""MS Project XML that comes in: checked before anything else reads it."""

from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

LARGEST = 30_000_000  # bytes
DEEPEST = 60
ROOT = "Project"


class BadProject(ValueError):
    """The file cannot be brought in; the text says why."""


def cleaned(content: bytes, name: str) -> bytes:
    """
    Return the same document, written anew without anything that a parser could be made to fetch or to blow up.

    Raises BadProject.
    """
    if len(content) > LARGEST:
        raise BadProject(f"{name}: the file is larger than {LARGEST // 1_000_000} MB.")
    depth = 0

    def refuse(*_: Any) -> None:
        raise BadProject(f"{name}: the file holds a document type or entities. MS Project writes none.")

    def deeper(*_: Any) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise BadProject(f"{name}: the file is nested deeper than any that MS Project writes.")

    def higher(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = deeper
    parser.EndElementHandler = higher
    try:
        parser.Parse(content, True)
        root = ElementTree.fromstring(content)  # noqa: S314 - it has no document type, as was just seen
    except (expat.ExpatError, ElementTree.ParseError) as problem:
        line = getattr(problem, "lineno", None) or getattr(problem, "position", (1,))[0]
        raise BadProject(f"{name}, line {line}: this is no XML.") from problem
    except (ValueError, LookupError) as problem:
        if isinstance(problem, BadProject):
            raise
        raise BadProject(f"{name}: the encoding of the file cannot be read.") from problem
    if root.tag.rsplit("}", 1)[-1] != ROOT:
        raise BadProject(f"{name}: this is no MS Project XML. Save it in MS Project as “XML Format (*.xml)”.")
    clean: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return clean
