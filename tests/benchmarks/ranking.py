"""How often the right page comes first, beside other searches: `python -m tests.benchmarks.ranking`.

Prints hit@1, hit@3 and the mean reciprocal rank for each set of queries. `--ablate` adds a table of what each factor of the
ranking is worth: how many hundredths the sets lose without it. `--node DIR`, a folder into which `npm install minisearch
elasticlunr` was run, adds those two, as their manuals set them up; without it, SQLite's own ranking is the only peer.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.search.test_relevance import FRESH, QUERIES, STILL_TYPED, UNSEEN, queries
from tui.handbook.blocks import Heading
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.handbook.signs import load_signs
from tui.search import ranking
from tui.search.engine import build_index
from tui.search.synonyms import load_synonyms

SETS = (QUERIES, UNSEEN, FRESH)
MOST = 20

Find = Callable[[str, bool], Sequence[str]]
"""A query, and whether its last word is unfinished → the ids of what is found, best first."""

NEUTRAL = {
    "TITLE": 1.0, "LABELS": 0.0, "MENTIONS": 0.0, "SYNONYM": 1.0, "INDIRECT_SYNONYM": 1.0, "TOGETHER": 0.0,
    "SIDE_BY_SIDE": 0.0, "WHOLE_TITLE": 0.0,
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
    parser.add_argument("--without-fresh", action="store_true", help="leave the third set unread")
    options = parser.parse_args()
    sets = SETS[:2] if options.without_fresh else SETS
    finders = {"Run Tall": ours(), "FTS5 with bm25()": fts5(), "FTS5, title 10": fts5(title=10)}
    for library in ("minisearch", "elasticlunr") if options.node else ():
        finders[library] = node(library, options.node, sets)
    print("| " + " | ".join(["", *(f"{file.stem}: hit@1 hit@3 MRR" for file in sets)]) + " |")
    print("|---" * (1 + len(sets)) + "|")
    for name, find in finders.items():
        cells = (" ".join(f".{round(1000 * each):03}" for each in scores(find, s)) for s in sets)
        print("| " + " | ".join([name, *cells]) + " |")
    if options.ablate:
        print_ablation(SETS[:2])


def scores(find: Find, file: Path) -> tuple[float, float, float]:
    """Hit@1, hit@3 and the mean reciprocal rank."""
    ranks = []
    for table, words, wanted in queries(file):
        found = find(words, table == STILL_TYPED)
        ranks.append(next((n for n, each in enumerate(found, 1) if each in wanted), 0))
    first = sum(rank == 1 for rank in ranks)
    third = sum(1 <= rank <= 3 for rank in ranks)
    reciprocal = sum(1 / rank for rank in ranks if rank)
    return first / len(ranks), third / len(ranks), reciprocal / len(ranks)


def ours() -> Find:
    """The search of this program."""
    book = load_handbook(OWN_BOOK)
    index = build_index(book, Pages(book), load_synonyms(OWN_BOOK), load_signs(OWN_BOOK))
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


def print_ablation(sets: Sequence[Path]) -> None:
    """What the sets lose, in hundredths, where a factor does nothing."""
    find = ours()
    whole = [scores(find, file) for file in sets]
    print("\n| without | " + " | ".join(f"{file.stem}: hit@1 hit@3 MRR" for file in sets) + " |")
    for name, neutral in NEUTRAL.items():
        before = getattr(ranking, name)
        setattr(ranking, name, neutral)
        without = [scores(find, file) for file in sets]
        setattr(ranking, name, before)
        cells = (
            " ".join(f"{100 * (b - a):+.1f}" for a, b in zip(*each, strict=True))
            for each in zip(whole, without, strict=True)
        )
        print(f"| {name} {before} → {neutral} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
