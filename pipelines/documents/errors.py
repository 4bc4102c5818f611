"""Why a file cannot be read, in words for the person who sent it."""

from __future__ import annotations


class UnreadableDocument(Exception):
    """A file that gives no document; `reason` says why, and what could be done about it, in Chinese."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TooManyPages(UnreadableDocument):
    """A file with more pages than the limit of the day; it says nothing about the file under wider limits."""

    def __init__(self, pages: int, most: int) -> None:
        super().__init__(f"文件有{pages}页，超过上限{most}页")
        self.pages = pages
