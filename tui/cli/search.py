"""`search`: the sections that answer some words, best first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ..handbook.signs import load_signs
from ..search.engine import Hit, Index, Results, SafetyLine, build_index
from ..search.index_file import index_file
from ..search.synonyms import load_asked, load_synonyms
from ..session.search_filters import FilteredSearch
from .context import Context, UsageError

if TYPE_CHECKING:
    from ..handbook.cards import Card
    from ..session.own_words import OwnHit

NOTHING_FOUND = 1
MOST_HITS = 1000


def search(context: Context) -> int:
    """Search the book; the exit code is 1 when nothing was found."""
    limit = context.option("limit", 10)
    if not 1 <= limit <= MOST_HITS:
        raise UsageError(f"--limit takes 1 to {MOST_HITS}")
    words, exact = " ".join(context.arguments.words), context.option("exact", False)
    index, results = search_for(context, words, limit, exact=exact)
    own = _own(context, words) if context.option("own", False) else None
    if context.option("json"):
        context.output.write_json({**_as_json(results), "own": _own_as_json(own)})
    else:
        _write(context, index, results)
        _write_own(context, own)
    return 0 if results.hits or own else NOTHING_FOUND


def search_for(
    context: Context, words: str, limit: int, *, exact: bool = False
) -> tuple[Index, Results]:
    """Search the book for words; its index is kept for the next time."""
    folder = context.handbook.folder
    synonyms, signs = load_synonyms(folder), load_signs(folder)
    file = index_file(context.handbook, private=context.option("private", False))
    kept = file.load() if file else None
    asked = None if kept else load_asked(folder)
    index = build_index(context.handbook, context.pages, synonyms, signs, kept, asked=asked)
    book = FilteredSearch(index, partial(_cards, context), lambda: synonyms)
    results = book.search(words, limit=limit, exact=exact)
    if file and not kept:
        file.save(index)
    return index, results


def _cards(context: Context) -> tuple[Card, ...]:
    from ..handbook.cards import all_cards  # noqa: PLC0415 - only a filter reads them

    return all_cards(context.handbook, context.pages).cards


def _own(context: Context, words: str) -> tuple[OwnHit, ...]:
    """What the reader wrote that holds the words."""
    from ..session.own_words import OwnWords, own_texts  # noqa: PLC0415 - seldom asked for
    from .checklist import desk_of, require_readable  # noqa: PLC0415 - likewise

    desk = desk_of(context)
    require_readable(desk)
    texts = own_texts(desk, context.diary.runs.every())
    return OwnWords(texts).find(words)


def _own_as_json(own: tuple[OwnHit, ...] | None) -> list[dict[str, object]] | None:
    return None if own is None else [{**hit.own._asdict(), "spans": hit.spans} for hit in own]


def _write_own(context: Context, own: tuple[OwnHit, ...] | None) -> None:
    if own is None:
        return
    context.output.write("In your own words:" if own else "Nothing in your own words.")
    for hit in own:
        context.output.write_table([(hit.own.where, hit.own.text)], indent="  ")


def _as_json(results: Results) -> dict[str, object]:
    return {
        "query": results.query,
        "corrected": results.corrected,
        "safety": _safety_as_json(results.safety),
        "quiet": _safety_as_json(results.quiet),
        "unknown": list(results.unknown),
        "hits": [
            {
                "id": hit.id,
                "title": hit.title,
                "chapter": hit.chapter,
                "kind": hit.kind,
                "score": hit.score,
                "snippet": hit.snippet,
                "matches": hit.matches,
                "heading": hit.heading or None,
                "spans": hit.snippet_spans,
            }
            for hit in results.hits
        ],
    }


def _safety_as_json(safety: SafetyLine | None) -> dict[str, str] | None:
    if safety is None:
        return None
    return {
        "level": safety.level,
        "section": safety.section,
        "sign": safety.sign,
        "phrase": safety.phrase,
    }


def write_warnings(context: Context, results: Results) -> None:
    """Write what comes before the hits: danger first."""
    if results.safety is not None:
        context.output.write(f"{results.safety.warning}\n")
    if results.quiet_line:
        context.output.write(f"{results.quiet_line}\n")
    if results.filter_line and not results.safety:
        context.output.write(f"{results.filter_line}\n")
    if results.corrected:
        context.output.write(f"{results.corrected_line} --exact takes the words as they are.\n")
    if results.unknown_line and results.hits:
        context.output.write(f"{results.unknown_line}\n")


def _write(context: Context, index: Index, results: Results) -> None:
    write_warnings(context, results)
    for hit in results.hits:
        heading = f": {hit.heading}" if hit.heading else ""
        context.output.write_table([(hit.id, f"{hit.title}{heading}{_where(hit)}")])
        context.output.write_marked(
            "  " + hit.snippet, [_moved(each) for each in hit.snippet_spans]
        )
    if not results.hits:
        nearest = ", ".join(index.nearest_words(results.query))
        words = f" Words like it: {nearest}." if nearest else ""
        said = " ".join(filter(None, ("Nothing found.", results.unknown_line)))
        context.output.write(f"{said}{words} `runtall toc` lists the contents.")


def _moved(span: tuple[int, int]) -> tuple[int, int]:
    """A span of the snippet in the line that is indented by two."""
    return span[0] + 2, span[1] + 2


def _where(hit: Hit) -> str:
    return f" ({hit.chapter})" if hit.chapter else ""
