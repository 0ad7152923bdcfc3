"""`search`: the sections that answer some words, best first."""

from __future__ import annotations

from ..search.engine import Hit, Index, Results, build_index
from ..search.synonyms import load_synonyms
from .context import Context, UsageError

NOTHING_FOUND = 1
MOST_HITS = 1000


def search(context: Context) -> int:
    """Search the book; the exit code is 1 when nothing was found."""
    limit = context.option("limit", 10)
    if not 1 <= limit <= MOST_HITS:
        raise UsageError(f"--limit takes 1 to {MOST_HITS}")
    index = build_index(context.handbook, context.pages, load_synonyms(context.handbook.folder))
    results = index.search(" ".join(context.arguments.words), limit=limit)
    if context.option("json"):
        context.output.write_json(_as_json(results))
    else:
        _write(context, index, results)
    return 0 if results.hits else NOTHING_FOUND


def _as_json(results: Results) -> dict[str, object]:
    safety = results.safety
    return {
        "query": results.query,
        "corrected": results.corrected,
        "safety": {"level": safety.level, "section": safety.section} if safety else None,
        "hits": [
            {
                "id": hit.id,
                "title": hit.title,
                "chapter": hit.chapter,
                "kind": hit.kind,
                "score": hit.score,
                "snippet": hit.snippet,
                "matches": hit.matches,
            }
            for hit in results.hits
        ],
    }


def _write(context: Context, index: Index, results: Results) -> None:
    if results.safety is not None:
        context.output.write(f"{results.safety.warning}\n")
    if results.corrected:
        context.output.write(f"Showing results for “{results.corrected}”\n")
    for hit in results.hits:
        context.output.write(f"{hit.id}  {hit.title}{_where(hit)}")
        context.output.write_marked(
            "  " + hit.snippet, [_moved(each) for each in hit.snippet_spans]
        )
    if not results.hits:
        nearest = ", ".join(index.nearest_words(results.query))
        words = f" Words like it: {nearest}." if nearest else ""
        context.output.write(f"Nothing found.{words} `runtall toc` lists the contents.")


def _moved(span: tuple[int, int]) -> tuple[int, int]:
    """A span of the snippet in the line that is indented by two."""
    return span[0] + 2, span[1] + 2


def _where(hit: Hit) -> str:
    return f" ({hit.chapter})" if hit.chapter else ""
