"""A page used by the keyboard alone, as by somebody without a mouse: Tab to what is wanted, then type or press."""

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visitor

MOST_TABS = 150
HOLDS_FOCUS = """element => {
  let at = document.activeElement
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  return at !== null && element.contains(at)
}"""
WATCH_MOUSE = "addEventListener('pointerdown', () => sessionStorage.setItem('mouse', 'used'), true)"


class Keys:
    """The keyboard of one visitor; made before the first page is opened."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page
        self.page.on("filechooser", lambda _: None)  # from now on the browser asks us, not the desktop
        visitor.context.add_init_script(WATCH_MOUSE)

    def no_mouse(self) -> bool:
        """Whether nothing was pressed with a mouse on any page of this site."""
        return self.page.evaluate("sessionStorage.getItem('mouse')") is None

    def reach(self, target: Locator) -> None:
        """Press Tab until something holds the focus, or something in it."""
        expect(target).to_be_attached()
        for _ in range(MOST_TABS):
            if target.evaluate(HOLDS_FOCUS):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached by the Tab key")

    def press(self, button: str) -> None:
        """Press a button, and wait for what it does."""
        self.reach(self.page.get_by_role("button", name=button, exact=True))
        with self.visitor.rerun():
            self.page.keyboard.press("Enter")

    def follow(self, link: Locator, to: str) -> None:
        """Follow a link to a page, by the beginning of its address."""
        self.reach(link)
        self.page.keyboard.press("Enter")
        expect(self.page).to_have_url(re.compile(rf"/{re.escape(to)}"))
        self.visitor.settle()

    def walk(self, section: str, title: str) -> None:
        """Go to a page by the navigation."""
        self.reach(self.page.get_by_test_id("stTopNavSection").filter(has_text=section))
        self.page.keyboard.press("Enter")
        item = self.page.get_by_role("menuitem", name=title, exact=True)
        self._go_on("ArrowDown", item)
        with self.visitor.rerun():
            self.page.keyboard.press("Enter")
        expect(self.page.locator(".gw-eyebrow b")).to_have_text(title)

    def choose(self, view: str) -> None:
        """Choose one of the buttons of a switch."""
        button = self.page.get_by_role("radio", name=view, exact=True)
        self.reach(self.page.get_by_test_id("stButtonGroup").filter(has=button))
        self._go_on("ArrowRight", button)
        with self.visitor.rerun():
            self.page.keyboard.press("Space")
        expect(button).to_be_checked()

    def pick(self, label: str, option: str) -> None:
        """Type what is wanted of a drop-down list, and take it."""
        box = self.page.get_by_role("combobox", name=label, exact=True)
        self.reach(box)
        self.page.keyboard.type(option)
        expect(self.page.get_by_role("option", name=option, exact=True)).to_be_visible()
        with self.visitor.rerun():
            self.page.keyboard.press("Enter")
        expect(box).to_have_value(option)

    def tick(self, label: str) -> None:
        box = self.page.get_by_role("checkbox", name=label)
        self.reach(box)
        with self.visitor.rerun():
            self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def fill(self, label: str, value: str) -> None:
        """Write something into a field of a form, instead of what it holds."""
        field = self.page.get_by_label(label, exact=True)
        self.reach(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(value)
        expect(field).to_have_value(value)

    def enter(self, label: str, value: str) -> None:
        """Write something into a field that the page answers to at once."""
        self.fill(label, value)
        with self.visitor.rerun():
            self.page.keyboard.press("Enter")

    def upload(self, file: Path) -> None:
        """Press the button that asks for a file, and give it one."""
        self.reach(self.page.get_by_test_id("stFileUploader").locator("button").first)
        with self.visitor.rerun():
            with self.page.expect_file_chooser() as asked:
                self.page.keyboard.press("Enter")
            asked.value.set_files(file)

    def _go_on(self, key: str, target: Locator) -> None:
        expect(target).to_be_visible()
        for _ in range(MOST_TABS):
            if target.evaluate(HOLDS_FOCUS):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{target} cannot be reached by {key}")
