"""How often the right page comes first, beside other searches: `python -m tests.benchmarks.ranking`.

Prints hit@1, hit@3 and the mean reciprocal rank for each set of queries. `--ablate` adds a table of what each factor of the
ranking is worth: how many hundredths the sets lose without it. `--steady` adds how often the first hit changes as one types. `--node DIR`, a folder into which `npm install minisearch
elasticlunr` was run, adds those two, as their manuals set them up; without it, SQLite's own ranking is the only peer.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

from tests.search.own_index import own_index
from tests.search.test_relevance import (
    BLIND,
    HELD_OUT,
    SETS,
    STILL_TYPED,
    changes_while_typed,
    queries,
)
from tui.handbook.blocks import Heading
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.search import ranking

MOST = 20

Find = Callable[[str, bool], Sequence[str]]
"""A query, and whether its last word is unfinished → the ids of what is found, best first."""

Scores = tuple[float, float, float]
"""Hit@1, hit@3 and the mean reciprocal rank."""

NEUTRAL = {
    "NAMED": 1.0, "SYNONYM": 1.0, "NEXT_PHRASE": 0.0, "TOGETHER": 0.0, "WHOLE_TITLE": 1.0, "SELDOM": 1.0, "LEADING": 1.0,
}  # fmt: skip
"""For each factor of the ranking, the value with which it does nothing."""

_NODE = """
const [library, file] = process.argv.slice(1);
const {documents, queries} = JSON.parse(require("fs").readFileSync(0));
let find;
if (library === "minisearch") {
  const MiniSearch = require("minisearch");
  const index = new MiniSearch({fields: ["title", "text"]});
  index.addAll(documents);
  find = (words) => index.search(words, {boost: {title: 2}, prefix: true, fuzzy: 0.2}).map((hit) => hit.id);
} else {
  const index = require("elasticlunr")(function () {
    this.setRef("id"); this.addField("title"); this.addField("text"); this.saveDocument(false);
  });
  documents.forEach((each) => index.addDoc(each));
  const options = {bool: "OR", expand: true, fields: {title: {boost: 2}, text: {boost: 1}}};
  find = (words) => index.search(words, options).map((hit) => hit.ref);
}
console.log(JSON.stringify(queries.map((words) => find(words).slice(0, 20))));
"""


def main() -> None:
    """Print the table, or the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--node", type=Path)
    parser.add_argument("--ablate", action="store_true")
    parser.add_argument("--steady", action="store_true")
    parser.add_argument(
        "--without-held-out",
        action="store_true",
        help="leave the two sets unread that nobody looks at",
    )
    options = parser.parse_args()
    sets = [file for file in SETS if not options.without_held_out or file not in {HELD_OUT, BLIND}]
    finders = {"Run Tall": ours(), "FTS5 with bm25()": fts5(), "FTS5, title 10": fts5(title=10)}
    for library in ("minisearch", "elasticlunr") if options.node else ():
        finders[library] = node(library, options.node, sets)
    print("| " + " | ".join(["", *(f"{file.stem}: hit@1 hit@3 MRR" for file in sets)]) + " |")
    print("|---" * (1 + len(sets)) + "|")
    for name, find in finders.items():
        cells = (shown(*scores(find, queries(s))) for s in sets)
        print("| " + " | ".join([name, *cells]) + " |")
    if options.ablate:
        print_ablation(sets)
    if options.steady:
        print_steadiness(sets)


def shown(*scores: float) -> str:
    """Scores as they stand in a table: `.908 .990 .949`."""
    return " ".join(f"{each:.3f}".removeprefix("0") for each in scores)


def scores(find: Find, asked: Iterable[tuple[str, str, list[str]]]) -> Scores:
    """Hit@1, hit@3 and the mean reciprocal rank."""
    ranks = []
    for table, words, wanted in asked:
        found = find(words, table == STILL_TYPED)
        ranks.append(next((n for n, each in enumerate(found, 1) if each in wanted), 0))
    first = sum(rank == 1 for rank in ranks)
    third = sum(1 <= rank <= 3 for rank in ranks)
    reciprocal = sum(1 / rank for rank in ranks if rank)
    return first / len(ranks), third / len(ranks), reciprocal / len(ranks)


def ours() -> Find:
    """The search of this program."""
    index = own_index()
    return lambda words, typing: [hit.id for hit in index.search(words, typing=typing).hits]


def documents() -> Iterator[dict[str, str]]:
    """The book as other searches are given it: each page, and each term of the glossary, as plain text."""
    book = load_handbook(OWN_BOOK)
    pages = Pages(book)
    for section in book.sections:
        title, anchor, texts = section.title, "", list[str]()
        for block in pages[section].blocks:
            if section.id == "glossary" and isinstance(block, Heading) and block.level == 2:
                yield {"id": section.id + anchor, "title": title, "text": "\n".join(texts)}
                title, anchor, texts = block.text, f"#{block.anchor}", []
            texts.append(block.text)
        yield {"id": section.id + anchor, "title": title, "text": "\n".join(texts)}


def fts5(title: float = 1) -> Find:
    """SQLite's own ranking, any word of the query being enough."""
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE pages USING fts5(id UNINDEXED, title, text, tokenize='porter')"
    )
    rows = [tuple(each.values()) for each in documents()]
    database.executemany("INSERT INTO pages VALUES (?, ?, ?)", rows)
    order = f"bm25(pages, 0, {title}, 1)"

    def find(words: str, typing: bool) -> list[str]:
        asked = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", words))
        match = asked + ("*" if typing else "")
        query = f"SELECT id FROM pages WHERE pages MATCH ? ORDER BY {order} LIMIT {MOST}"
        return [row for (row,) in database.execute(query, (match,))] if asked else []

    return find


def node(library: str, folder: Path, sets: Sequence[Path]) -> Find:
    """A search of JavaScript, asked everything at once."""
    asked = list(dict.fromkeys(words for file in sets for _, words, _ in queries(file)))
    given = json.dumps({"documents": list(documents()), "queries": asked})
    command = ["node", "-e", _NODE, library]
    ran = subprocess.run(
        command, cwd=folder, input=given, capture_output=True, text=True, check=True
    )
    found = dict(zip(asked, json.loads(ran.stdout), strict=True))
    return lambda words, _: found[words]


def titles() -> Iterator[tuple[str, str, list[str]]]:
    """Every title of a page or a term as a query that wants whatever is called so."""
    called: dict[str, list[str]] = {}
    for each in documents():
        called.setdefault(each["title"], []).append(each["id"])
    for title, ids in called.items():
        yield "titles", title, ids


def print_ablation(sets: Sequence[Path]) -> None:
    """What each set loses, in hundredths, where a factor does nothing; last, every title as a query."""
    find = ours()
    asked = [*(list(queries(file)) for file in sets), list(titles())]
    whole = [scores(find, each) for each in asked]
    names = (*(file.stem for file in sets), "titles")
    print("\n| without | " + " | ".join(f"{name}: hit@1 hit@3 MRR" for name in names) + " |")
    print("|---" * (1 + len(names)) + "|")
    for name, neutral in NEUTRAL.items():
        before = getattr(ranking, name)
        with patch.object(ranking, name, neutral):
            without = [scores(find, each) for each in asked]
        print_loss(f"{name} {before} → {neutral}", whole, without)
    with patch(f"{own_index.__module__}.load_asked", return_value={}):
        find = ours()
    print_loss("what people ask for a page with", whole, [scores(find, each) for each in asked])


def print_loss(name: str, whole: Sequence[Scores], without: Sequence[Scores]) -> None:
    """A row of the table: what each set loses."""
    cells = (
        " ".join(f"{100 * (b - a):+.1f}" for a, b in zip(*each, strict=True))
        for each in zip(whole, without, strict=True)
    )
    print(f"| {name} | " + " | ".join(cells) + " |")


def print_steadiness(sets: Sequence[Path]) -> None:
    """How often the first hit changes for each word of the queries, typed letter by letter."""
    index = own_index()
    print("\n| set | first hit changes a word |\n|---|---|")
    for file in sets:
        typed = [words for _, words, _ in queries(file)]
        changes = sum(changes_while_typed(index, words) for words in typed)
        print(f"| {file.stem} | {changes / sum(len(words.split()) for words in typed):.2f} |")


if __name__ == "__main__":
    main()
