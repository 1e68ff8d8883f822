"""The people of the agency at their desks, in real browsers."""

from collections.abc import Iterator

from playwright.sync_api import Browser, Page

PASSWORD = "rahasia-uji"
#: Keeps all that the page's status region ever says, as a screen reader hears it.
HEAR = """
window.heard = [];
document.addEventListener("DOMContentLoaded", () => {
  const region = document.getElementById("status");
  if (!region) return;
  const hear = () => { if (region.textContent) window.heard.push(region.textContent.trim()); };
  new MutationObserver(hear).observe(region, { childList: true });
});
"""


class Office:
    """The people of the agency, each in a browser of their own."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.browser, self.site = browser, site

    def staff(self, name: str) -> Page:
        context = self.browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
        context.add_init_script(HEAR)
        page = context.new_page()
        page.goto(f"{self.site}/accounts/login/?next=/desk/")
        page.get_by_label("User name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/desk/")
        return page

    def phone(self) -> Page:
        context = self.browser.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
        return context.new_page()


def sign_in(page: Page, site: str, name: str = "head") -> None:
    page.goto(f"{site}/accounts/login/?next=/desk/")
    page.locator("#id_username").fill(name)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/desk/")


def at_each(page: Page, site: str, addresses: list[str]) -> Iterator[str]:
    for address in addresses:
        page.goto(site + address)
        yield address
