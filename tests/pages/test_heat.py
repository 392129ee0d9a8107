"""The heat map says every value in words, and every word can be read on its color in both modes."""

import pytest

from pages.ui import heat, theme
from pages.ui.heat import Cell, Line

READABLE = 4.5


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("halves", range(9))
def test_every_level_can_be_read_on_its_color(mode: str, halves: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "mode", lambda: mode)
    ground, ink = heat.shade(halves / 2)
    named = ink.removeprefix("var(--gw-").removesuffix(")")
    written = ink if ink.startswith("#") else theme.PALETTE[named][mode == "dark"]
    assert contrast(ground, written) >= READABLE


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_higher_levels_never_look_lower(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "mode", lambda: mode)
    shades = [luminance(heat.shade(halves / 2)[0]) for halves in range(9)]
    assert shades == sorted(shades, reverse=mode == "light")
    assert len(set(shades)) == 9


def test_cells_say_their_value_their_people_or_why_there_is_none() -> None:
    lines = [Line("<Intent>", "", (Cell(2.5, note="n 4"), Cell(None, said="withheld")), ("0.5",))]
    shown = heat.html(lines, columns=("IT", "Sales"), ends=("Gap",), first="Statement", caption="Medians", foot=None)
    assert "<b>2.5</b>" in shown
    assert "n 4" in shown
    assert ">withheld</td>" in shown
    assert "&lt;Intent&gt;" in shown
    assert shown.count('scope="col"') == 4
    assert shown.count('scope="row"') == 1
    assert "<caption" in shown
