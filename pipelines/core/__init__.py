"""Pure types and arithmetic: no I/O, imported by every other room and importing none."""
