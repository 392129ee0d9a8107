"""Reading the YAML of a map file: every key is text, every value knows its line, and nothing else gets in."""

from dataclasses import dataclass, field
from typing import Any

import yaml

SIZE_LIMIT = 64 * 1024
DEPTH_LIMIT = 20
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_PLAIN_TAGS = {
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "value", "merge")
}

Path = tuple[str | int, ...]


class MapProblem(ValueError):
    """A map that cannot be used; the message is one sentence that names file, line and key."""


@dataclass
class MapText:
    """What a map file says, and on which line each part of it begins."""

    file_name: str
    content: Any = None
    lines: dict[Path, int] = field(default_factory=dict)

    def line_of(self, path: Path) -> int:
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: Path, reason: str) -> MapProblem:
        where = f' "{".".join(str(part) for part in path)}"' if path else ""
        return MapProblem(f"{self.file_name}, line {self.line_of(path)}:{where} {reason}")


def read_map_text(text: str, file_name: str) -> MapText:
    """
    Return the content of a map file.

    Only `true`, `false`, `null` and whole numbers are more than text; `no` and `08:30` stay words. Aliases, tags and
    doubled keys are refused.
    """
    found = MapText(file_name)
    if len(text) > SIZE_LIMIT:
        raise MapProblem(f"{file_name} is larger than {SIZE_LIMIT // 1024} KB, the limit for a map file.")
    try:
        _refuse_unfolding(text, file_name)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise MapProblem(f"{file_name}, line {line}: this is not valid YAML ({problem.problem}).") from problem
    except (yaml.YAMLError, RecursionError) as problem:
        raise MapProblem(f"{file_name}: this is not valid YAML.") from problem
    found.content = _value(node, (), found) if node else None
    if not isinstance(found.content, dict):
        raise MapProblem(f"{file_name}: a map file has named entries: table, id, fields and others.")
    return found


def _refuse_unfolding(text: str, file_name: str) -> None:
    """Refuse aliases and deep nesting at the first sight of them, before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise MapProblem(f"{file_name}, line {line}: aliases are not used in map files.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEPTH_LIMIT:
            raise MapProblem(f"{file_name}, line {line}: this is nested too deeply for a map file.")


def _value(node: yaml.Node, path: Path, found: MapText) -> Any:
    found.lines[path] = node.start_mark.line + 1
    if node.tag not in _PLAIN_TAGS:
        raise found.problem(path, "is not a plain value.")
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, found)
    if isinstance(node, yaml.SequenceNode):
        return [_value(each, (*path, place), found) for place, each in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: yaml.MappingNode, path: Path, found: MapText) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise found.problem(path, "has a key that is not a word.")
        if key.value in content:
            found.lines[(*path, key.value)] = key.start_mark.line + 1
            raise found.problem((*path, key.value), "stands here a second time.")
        content[key.value] = _value(value, (*path, key.value), found)
    return content


def _scalar(node: yaml.Node) -> Any:
    text = str(node.value)
    if isinstance(node, yaml.ScalarNode) and node.style is not None:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    whole = text.isdecimal() and text.isascii() and (text == "0" or not text.startswith("0"))
    return int(text) if whole else text
