"""The command `gouji`: refresh the warehouse, read or check single reports, query what is published, write down
what people decide.

Each command imports what it needs when it runs, so that the quick answers stay quick.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from pipelines import settings
from pipelines.arguments import FORMATS, parser
from pipelines.decisions.table import DecisionsError
from pipelines.delivery.terminal import console, printable
from pipelines.documents.guard import CannotRun
from pipelines.settings import Settings

if TYPE_CHECKING:
    from pipelines.delivery.deciding import Decider
    from pipelines.inbox import Entry

DONE, FOUND, WRONG, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: done; findings of severity error, or publication refused; wrong use or unreadable input; Ctrl-C."""


class WrongUse(Exception):
    """The command cannot do what it was asked; the message says why and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; what a user can cause is a message, never a traceback."""
    commands = {f.__name__: f for f in (refresh, read, check, acknowledge, correct, query)}
    options = parser(commands).parse_args(arguments)
    try:
        return int(options.command(_settings(options.data), options))
    except (WrongUse, CannotRun, DecisionsError) as e:
        _complain(str(e))
        return WRONG
    except KeyboardInterrupt:
        _complain("已中断，已发布的数据没有改变 / interrupted; what is published is unchanged")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe (head, less) has seen enough; nothing is left to flush to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as e:
        _complain(f"无法读写 {e.filename or options.data or '文件'}：{e.strerror}；磁盘是否已满，权限是否足够？ / {e}")
        return WRONG


def refresh(current: Settings, options: argparse.Namespace) -> int:
    """`gouji refresh`: publishes a new warehouse unless nothing changed."""
    from pipelines import readings  # noqa: PLC0415
    from pipelines import refresh as steps  # noqa: PLC0415
    from pipelines.warehouse.publish import AnotherRefreshRunning  # noqa: PLC0415

    if not current.raw.is_dir():
        raise WrongUse(f"没有报告文件夹 {current.raw}；请建立它并放入报告，或用 --data 指定 / no such folder")
    started = time.monotonic()
    planned = steps.plan(current)
    if options.retry:
        readings.forget_failures(current, planned.entries)
    if planned.unchanged and not (options.force or options.retry):
        out = console()
        out.print(f"没有变化：data/raw 的 {len(planned.entries)} 份文件与已发布的一致，无需刷新。", soft_wrap=True)
        out.print("Nothing changed since the last publication; nothing to do.")
        return DONE
    from pipelines.delivery.refresh_run import run  # noqa: PLC0415 - loads Dagster

    try:
        return DONE if run(current, started) else FOUND
    except AnotherRefreshRunning as e:
        raise WrongUse(str(e)) from e
    except OSError as e:
        raise WrongUse(f"无法写入 {e.filename or current.data}：{e.strerror} / cannot write there") from e


def read(current: Settings, options: argparse.Namespace) -> int:
    """`gouji read`: shows what was understood of each file."""
    from pipelines.delivery import reading_page, reading_view  # noqa: PLC0415
    from pipelines.delivery.progress import passing  # noqa: PLC0415
    from pipelines.readings import read_beside  # noqa: PLC0415

    with passing(sys.stderr) as progress:
        results = read_beside(current, _entries(current, options.files), progress)
    with _written_to(options.output) as stream:
        if options.json:
            reading_view.write_json(results, stream)
        elif options.html:
            stream.write(reading_page.page_of(results))
        else:
            for result in results:
                reading_view.draw(result, console(stream))
    return WRONG if any(r.reading is None or r.reading.document.status == "quarantined" for r in results) else DONE


def check(current: Settings, options: argparse.Namespace) -> int:
    """`gouji check`: audits files and shows the findings and what was not checked."""
    from pipelines.delivery import findings_view  # noqa: PLC0415
    from pipelines.delivery.progress import passing  # noqa: PLC0415
    from pipelines.refresh import examination  # noqa: PLC0415

    with contextlib.ExitStack() as stack:
        with passing(sys.stderr) as progress:
            entries = _entries(current, options.files)
            examined = stack.enter_context(examination(current, entries, progress, alone=options.alone))
        if options.json:
            findings_view.write_json(examined.connection, sys.stdout, examined.compared)
        else:
            findings_view.draw(examined.connection, console(), examined.compared)
        unreadable, errors = findings_view.totals(examined.connection)
    if unreadable:
        return WRONG
    return FOUND if errors else DONE


def acknowledge(current: Settings, options: argparse.Namespace) -> int:
    """`gouji acknowledge`: a finding is accepted; it is told from then on, but no longer counted."""
    from pipelines.delivery import deciding  # noqa: PLC0415

    with _told(current):
        file, message = deciding.acknowledge(current, options.finding_id, _decider(options), options.file)
    console().print(f"已认可 {file}：{printable(message)}", soft_wrap=True, markup=False)
    console().print("下次刷新时生效 / takes effect with the next gouji refresh", style="dim")
    return DONE


def correct(current: Settings, options: argparse.Namespace) -> int:
    """`gouji correct`: a printed figure is corrected, or confirmed as printed."""
    from pipelines.decisions.corrections import CONFIRMED  # noqa: PLC0415
    from pipelines.delivery import deciding  # noqa: PLC0415

    corrected = CONFIRMED if options.confirmed else options.value
    with _told(current):
        printed = deciding.correct(current, options.file, options.place, corrected, _decider(options), options.printed)
    said = "确认无误" if options.confirmed else f"更正为 {corrected}"
    console().print(f"{printable(printed)} {printable(said)}", soft_wrap=True, markup=False)
    console().print("下次刷新时生效 / takes effect with the next gouji refresh", style="dim")
    return DONE


@contextlib.contextmanager
def _told(current: Settings) -> Iterator[None]:
    """What goes wrong with files, in words."""
    try:
        yield
    except FileNotFoundError as e:
        raise WrongUse(f"没有这个文件：{e} / no such file") from e
    except OSError as e:
        raise WrongUse(f"无法写入 {e.filename or current.data}：{e.strerror} / cannot write there") from e


def _decider(options: argparse.Namespace) -> Decider:
    from pipelines.delivery.deciding import Decider  # noqa: PLC0415

    return Decider(options.by, options.reason, options.on or dt.datetime.now(dt.UTC).astimezone().date().isoformat())


def query(current: Settings, options: argparse.Namespace) -> int:
    """`gouji query`: the rows of one SELECT on the published warehouse."""
    import duckdb  # noqa: PLC0415

    from pipelines.delivery import answers  # noqa: PLC0415

    if not current.warehouse.exists():
        raise WrongUse(f"还没有发布的数据（{current.warehouse}）；请先运行 gouji refresh / nothing is published yet")
    target: Path | None = options.output
    form = options.format or _format_of(target)
    if form == "parquet" and target is None:
        raise WrongUse("parquet 是二进制格式，请用 -o 文件 指定去处 / parquet needs -o FILE")
    sql = sys.stdin.read() if options.sql == "-" else options.sql
    try:
        with contextlib.closing(answers.open_published(current.warehouse)) as con:
            if len(con.extract_statements(sql)) > 1:
                raise WrongUse("一次只能有一条查询语句 / one statement at a time")
            relation = con.sql(sql)
            if relation is None:
                raise WrongUse("这不是查询语句；数据库是只读的 / not a query; the database is read-only")
            rows = answers.write(relation, form, target)
    except duckdb.Error as e:
        raise WrongUse(f"查询出错 / the query failed\n{e}") from e
    except BrokenPipeError:
        raise
    except OSError as e:
        raise WrongUse(f"无法写入 {target}：{e.strerror} / cannot write there") from e
    if target is not None:
        console(sys.stderr).print(f"{rows:,} 行 → {target}", soft_wrap=True)
    return DONE


@contextlib.contextmanager
def _written_to(target: Path | None) -> Iterator[TextIO]:
    """Where the answer goes: a file, or standard output for None."""
    if target is None:
        yield sys.stdout
        return
    try:
        with target.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
    except OSError as e:
        raise WrongUse(f"无法写入 {target}：{e.strerror} / cannot write there") from e
    console(sys.stderr).print(f"→ {target}", soft_wrap=True)


def _entries(current: Settings, files: Sequence[Path]) -> tuple[Entry, ...]:
    from pipelines import archives  # noqa: PLC0415

    for path in files:
        if path.is_dir():
            raise WrongUse(f"{path} 是文件夹，请给出其中的文件（例如 {path}/*）/ is a folder; name the files in it")
    try:
        return archives.handed_over(current, files)
    except FileNotFoundError as e:
        raise WrongUse(f"没有这个文件：{e} / no such file") from e


def _format_of(target: Path | None) -> str:
    suffix = target.suffix.removeprefix(".").lower() if target else ""
    return suffix if suffix in FORMATS else "table"


def _settings(data: Path | None) -> Settings:
    try:
        return settings.load(data)
    except ValueError as e:
        raise WrongUse(f"环境变量 GOUJI_… 的值应为整数 / an environment variable must be a number: {e}") from e


def _complain(message: str) -> None:
    console(sys.stderr).print(f"gouji: {printable(message)}", soft_wrap=True)


if __name__ == "__main__":
    sys.exit(main())
