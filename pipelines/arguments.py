"""The arguments of the command `gouji`: its sub-commands with their options, and what each says of itself."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from pipelines.settings import Settings

Command = Callable[[Settings, argparse.Namespace], int]
FORMATS = ("table", "csv", "json", "parquet")
"""In which a query answers."""


def parser(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    """The parser of all arguments: `command` is what runs, given by its name."""
    found = argparse.ArgumentParser(
        prog="gouji",
        description="勾稽：把政府预算与绩效报告变成可追溯、可核对的数据。"
        " Traceable, cross-checked figures from government budget and performance reports.",
        epilog="退出码 exit codes: 0 完成 done · 1 有错误级发现，或审核未通过而未发布 findings of severity error, or"
        " publication refused · 2 用法错误或文件无法读取 wrong use or unreadable input",
    )
    found.add_argument("--data", type=Path, metavar="DIR", help="数据文件夹，默认 data/ 或 GOUJI_DATA / data folder")
    added = found.add_subparsers(required=True, metavar="COMMAND")
    add = added.add_parser("refresh", help="读取 data/raw，建库、勾稽、发布 / read, build, audit, publish")
    add.add_argument("--force", action="store_true", help="没有变化也重新建库 / rebuild even if nothing changed")
    add.add_argument("--retry", action="store_true", help="重读此前未能读取的文件 / read again what could not be read")
    add.set_defaults(command=commands["refresh"])
    for name, words in (
        ("read", "显示从文件中读出了什么 / show what was understood of files"),
        ("check", "核对文件中的数字 / check the figures of files"),
    ):
        add = added.add_parser(name, help=words)
        add.add_argument("files", nargs="+", type=Path, metavar="FILE")
        forms = add.add_mutually_exclusive_group()
        forms.add_argument("--json", action="store_true", help="以 JSON 输出 / write JSON")
        if name == "read":
            forms.add_argument(
                "--html",
                action="store_true",
                help="以网页输出：页面图像与单元格 / write a web page: page images with cells",
            )
            add.add_argument("-o", "--output", type=Path, metavar="OUT", help="写入文件 / write to a file")
        else:
            add.add_argument(
                "--alone",
                action="store_true",
                help="不与已发布的同单位报告对照 / without what is published of the same issuer",
            )
        add.set_defaults(command=commands[name])
    add = added.add_parser("acknowledge", help="认可一个问题，附理由 / accept a finding, with the reason")
    add.add_argument("finding_id", metavar="FINDING_ID")
    add.add_argument("--file", type=Path, metavar="FILE", help="未发布的报告 / a report that is not published")
    add.set_defaults(command=commands["acknowledge"])
    _add_decider(add)
    add = added.add_parser("correct", help="更正或确认一个数，附理由 / correct or confirm a figure, with the reason")
    add.add_argument("file", type=Path, metavar="FILE")
    add.add_argument(
        "place",
        metavar="PLACE",
        help="t3r5c2（第 3 张表，行列从 0 起）或 120-128；gouji check 的“更正时写作”就是它 / "
        "a cell, rows and columns from 0, or a span of the text; gouji check prints it",
    )
    how = add.add_mutually_exclusive_group(required=True)
    how.add_argument("--value", help="更正后的数，单位同原文 / the right number, in the printed unit")
    how.add_argument("--confirmed", action="store_true", help="原文无误 / right as printed")
    add.add_argument("--printed", help="该处印的是什么 / what is printed there, where it holds several figures")
    add.set_defaults(command=commands["correct"])
    _add_decider(add)
    add = added.add_parser("query", help="查询已发布的数据 / query what is published")
    add.add_argument(
        "sql", metavar="SQL", help="一条 SELECT；- 表示从标准输入读取 / one SELECT; - reads standard input"
    )
    add.add_argument("--format", choices=FORMATS, help="默认按 -o 的扩展名，否则 table / by the extension, else table")
    add.add_argument("-o", "--output", type=Path, metavar="FILE", help="写入文件 / write to a file")
    add.set_defaults(command=commands["query"])
    return found


def _add_decider(add: argparse.ArgumentParser) -> None:
    add.add_argument("--reason", required=True, help="理由 / why")
    add.add_argument("--by", required=True, help="决定人 / who decides")
    add.add_argument("--on", metavar="YYYY-MM-DD", help="日期，默认今天 / the day, today unless said")
