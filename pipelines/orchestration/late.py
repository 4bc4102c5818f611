"""Modules that another library imports at its start and hardly ever uses: loaded at their first use instead."""

from __future__ import annotations

import importlib
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class _Late(types.ModuleType):
    """Stands for a module until something is asked of it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # the import machinery looks at a module without wanting anything of it
            raise AttributeError(name)
        _withdraw(self)
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def late(*names: str) -> Iterator[None]:
    """Inside, importing one of these modules costs nothing yet; afterwards, whoever imports it gets it at once."""
    stands = [_Late(name) for name in names if name not in sys.modules]
    for stand in stands:
        sys.modules[stand.__name__] = stand
    try:
        yield
    finally:
        for stand in stands:
            _withdraw(stand)


def _withdraw(stand: _Late) -> None:
    if sys.modules.get(stand.__name__) is stand:
        del sys.modules[stand.__name__]
