"""Somebody who uses the keyboard alone, and knows things by their role and name."""

import re

from playwright.sync_api import Page

from tests.access.probes import look

FARTHEST = 120  # presses of Tab before a thing counts as out of reach


class Hands:
    """The keyboard at one page. Wherever it stops, the focus must be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tree = page.context.new_cdp_session(page)

    def focused(self) -> tuple[str, str]:
        """The role and the accessible name of what has the focus, as a screen reader gets them."""
        found = self.tree.send("Runtime.evaluate", {"expression": "document.activeElement"})
        where = {"objectId": found["result"]["objectId"], "fetchRelatives": False}
        node = self.tree.send("Accessibility.getPartialAXTree", where)["nodes"][0]
        return node["role"]["value"], node.get("name", {}).get("value", "").strip()

    def go_to(self, role: str, name: str) -> None:
        """Press Tab until the thing has the focus; `name`: how its name begins."""
        passed = []
        for _press in range(FARTHEST):
            self.page.keyboard.press("Tab")
            self.stands_in_sight()
            passed.append(self.focused())
            if passed[-1][0] == role and re.match(name, passed[-1][1]):
                return
        raise AssertionError(f"no {role} {name!r} among {passed}")

    def stands_in_sight(self) -> None:
        """WCAG 2.4.7 and 2.4.11, where the focus is now."""
        wrong = look(self.page, "stop")
        assert not wrong, f"{self.focused()} {wrong}"

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def write(self, name: str, words: str) -> None:
        self.go_to("textbox", name)
        self.type(words)

    def choose(self, name: str, words: str) -> None:
        """In a list, by the beginning of what stands in it."""
        self.go_to("combobox", name)
        self.type(words)

    def activate(self, role: str, name: str) -> None:
        """Go there and press Enter; what follows is a new page."""
        self.go_to(role, name)
        with self.page.expect_navigation():
            self.press("Enter")

    def heading(self, words: str) -> None:
        """The page has come whose main heading begins so."""
        self.page.get_by_role("heading", level=1, name=re.compile(f"^{words}")).wait_for()
        self.page.wait_for_load_state()
