"""What the documents say is what the warehouse answers, and every file they point to exists."""

import re

import duckdb
import pytest

from pipelines.delivery.examples import answered, documents
from pipelines.settings import PROJECT

PAGES = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md")])


@pytest.mark.parametrize("path", list(documents()), ids=lambda p: p.name)
def test_the_answers_under_the_queries_are_those_of_the_five_reports(path, published):
    with duckdb.connect(str(published.settings.warehouse.resolve()), read_only=True) as con:
        assert answered(path.read_text("utf-8"), con) == path.read_text("utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_every_link_to_a_file_leads_somewhere(path):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text("utf-8"))
    missing = [link for link in links if not (path.parent / link).exists()]
    assert not missing


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_two_commands_are_the_first_thing_a_reader_can_run(name):
    blocks = re.findall(r"```sh\n(.*?)```", (PROJECT / name).read_text("utf-8"), re.DOTALL)
    assert blocks[0].split("\n")[:2] == ["make refresh", "make test"]
