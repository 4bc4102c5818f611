"""Why a file cannot be read, in words for the person who sent it."""

from __future__ import annotations


class UnreadableDocument(Exception):
    """A file that gives no document; `reason` says why, and what could be done about it, in Chinese."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
