"""Debian's Chromium for tests of the site opened from disk; what it complains of or asks for outside is an error."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sites
from sites import Site

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
MISSING = "no Chromium at /usr/bin/chromium or on the path: apt-get install chromium fonts-noto-cjk"
DESKTOP = {"width": 1360, "height": 900}
LEFT = "net::ERR_ABORTED"
"""A picture that was still on its way when the page turned to another is no fault of the site."""
PHONE = {"width": 390, "height": 844}


@dataclass
class Window:
    """A page of a browser, with what went wrong in it and what it asked for."""

    page: Any
    site: Site
    wrong: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def address(self, name: str, state: str = "") -> str:
        return f"{(self.site.folder / name).as_uri()}.html{f'#{state}' if state else ''}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium. Without it the tests are passed over with a reason, but never where CI is set."""
    playwright = pytest.importorskip("playwright.sync_api") if not os.environ.get("CI") else _required()
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with playwright.sync_playwright() as p:
        opened = p.chromium.launch(executable_path=found, args=list(FLAGS))
        yield opened
        opened.close()


def _required() -> Any:
    import playwright.sync_api  # noqa: PLC0415 - CI must have it, others may not

    return playwright.sync_api


@pytest.fixture(scope="session")
def five(published: Any) -> Site:
    return sites.five(published.settings)


@pytest.fixture(scope="session")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return sites.strange(tmp_path_factory)


@pytest.fixture
def look(browser: Any) -> Iterator[Any]:
    """Opens windows on a site: `look(site, phone=True)`. At the end nothing may have gone wrong in any of them."""
    opened: list[tuple[Any, Window]] = []

    def window(site: Site, *, phone: bool = False) -> Window:
        context = browser.new_context(viewport=PHONE if phone else DESKTOP, has_touch=phone, accept_downloads=True)
        made = Window(context.new_page(), site)
        page = made.page
        page.on("console", lambda m: made.wrong.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: made.wrong.append(str(e)))
        page.on("requestfailed", lambda r: made.wrong.append(f"failed: {r.url}") if r.failure != LEFT else None)
        page.on("request", lambda r: made.asked.append(r.url))
        opened.append((context, made))
        return made

    yield window
    for context, made in opened:
        context.close()
        root = made.site.folder.as_uri()
        assert made.wrong == []
        assert [url for url in made.asked if not url.startswith((root, "data:", "blob:"))] == []


@pytest.fixture
def picture() -> Callable[[Window, str], None]:
    """Keeps a screenshot in $GOUJI_SCREENSHOTS, for people to look at, where that is set."""

    def keep(window: Window, name: str) -> None:
        folder = os.environ.get("GOUJI_SCREENSHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            window.page.screenshot(path=str(Path(folder) / f"{name}.png"))

    return keep
