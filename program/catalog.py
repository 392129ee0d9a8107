"""The catalog: lifecycle stages, the building blocks of a program, and which low dimension proposes which."""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

FILE = Path(__file__).parent / "catalog.yaml"

ORIGINS = {
    "essay": "From the essay",
    "framework": "Published framework",
    "reconstruction": "Our reconstruction",
    "own": "Added by you",
}
PILLARS = {"marketing": "Marketing", "service": "Service", "sales": "Sales", "innovation": "Innovation"}


class UnknownComponent(KeyError):
    """The catalog has no component with this id."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Stage(_Strict):
    """A step of the lifecycle; `gate` is the evidence that lets a component leave it."""

    id: str
    name: str
    meaning: str
    gate: str


class CatalogComponent(_Strict):
    """A building block as shipped; `accountable` is a suggestion, `function` whose it is, `metrics` metric ids."""

    id: str = Field(pattern=r"^C\d\d$")
    name: str
    origin: Literal["essay", "framework", "reconstruction"]
    source: str
    description: str
    accountable: str
    function: str
    budget: tuple[str, ...]
    metrics: tuple[str, ...]


class Catalog(_Strict):
    version: str
    stages: tuple[Stage, ...]
    components: tuple[CatalogComponent, ...]
    proposals: dict[str, tuple[str, ...]]

    def component(self, component_id: str) -> CatalogComponent:
        """Return one building block. Raises UnknownComponent."""
        for component in self.components:
            if component.id == component_id:
                return component
        raise UnknownComponent(component_id)


@cache
def load() -> Catalog:
    """Return the shipped catalog."""
    return Catalog.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


STAGES = tuple(stage.id for stage in load().stages)
STAGE_NAMES = {stage.id: stage.name for stage in load().stages}
PROPOSALS = load().proposals
