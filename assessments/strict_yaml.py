"""YAML from people, read strictly: bounded, without tags, every value with its line."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import yaml

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_BYTES = 256 * 1024  # the longest shipped model is a sixth of it
MAX_NODES = 20_000  # counted with every alias written out
MAX_ALIASES = 20
MAX_DEPTH = 20
PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "timestamp"))
SEQUENCE_TAG, MAPPING_TAG = "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"

Path = tuple[Any, ...]


class BadYaml(ValueError):
    """A YAML text that is not read, with the line that is to blame."""

    def __init__(self, message: str, *, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Document:
    """The plain value of a YAML text, and where each part of it stands."""

    value: Any
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """Return the line of a path of keys and positions, or of the nearest part above it that exists."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse(text: str | bytes) -> Document:
    """
    Return the document in a text of UTF-8.

    Raises BadYaml for a text over the limits above, a tag, a duplicate key, or no YAML at all.
    """
    text = _decoded(text)
    try:
        _refuse_over_limits(text)
        root = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise BadYaml(f"This is not YAML: {problem.problem}", line=mark.line + 1 if mark else 1) from problem
    except (yaml.YAMLError, RecursionError) as problem:
        raise BadYaml(f"This is not YAML: {problem}", line=1) from problem
    if root is None:
        raise BadYaml("The file is empty", line=1)
    reader = _Reader()
    return Document(reader.value(root, ()), reader.lines)


def _decoded(text: str | bytes) -> str:
    size = len(text if isinstance(text, bytes) else text.encode())
    if size > MAX_BYTES:
        raise BadYaml(f"The file has {size // 1024} kB; the limit is {MAX_BYTES // 1024} kB", line=1)
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = text[: problem.start].count(b"\n") + 1
        raise BadYaml("The file is not in UTF-8. Save it as UTF-8", line=line) from problem


def _refuse_over_limits(text: str) -> None:
    depth = nodes = aliases = 0
    for event in yaml.parse(text, Loader=Loader):
        line = _line(event)
        nodes += isinstance(event, yaml.NodeEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise BadYaml(f"Values are nested more than {MAX_DEPTH} deep", line=line)
        if aliases > MAX_ALIASES:
            raise BadYaml(f"The file has more than {MAX_ALIASES} aliases", line=line)
        if nodes > MAX_NODES:
            raise BadYaml(f"The file has more than {MAX_NODES} values", line=line)


def _line(part: yaml.Node | yaml.Event) -> int:
    return part.start_mark.line + 1 if part.start_mark else 1


class _Reader:
    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self._scalars = yaml.constructor.SafeConstructor()
        self._nodes = 0

    def value(self, node: yaml.Node, path: Path) -> Any:
        line = _line(node)
        self.lines.setdefault(path, line)
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise BadYaml(f"With its aliases written out the file has more than {MAX_NODES} values", line=line)
        if len(path) > MAX_DEPTH:
            raise BadYaml("An alias contains itself", line=line)
        if isinstance(node, yaml.MappingNode) and node.tag == MAPPING_TAG:
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode) and node.tag == SEQUENCE_TAG:
            return [self.value(child, (*path, at)) for at, child in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[Hashable, Any]:
        mapping: dict[Hashable, Any] = {}
        for key_node, child in node.value:
            line = _line(key_node)
            key = self._scalar(key_node)
            if key in mapping:
                raise BadYaml(f"The key {key_node.value} stands here twice", line=line)
            self.lines[(*path, key)] = line
            mapping[key] = self.value(child, (*path, key))
        return mapping

    def _scalar(self, node: yaml.Node) -> Any:
        line = _line(node)
        if not isinstance(node, yaml.ScalarNode) or node.tag not in PLAIN_TAGS:
            raise BadYaml(f"The tag {node.tag} is not allowed", line=line)
        try:
            return self._scalars.construct_object(node)
        except (ValueError, yaml.YAMLError) as problem:
            raise BadYaml(f"{node.value} cannot be read", line=line) from problem
