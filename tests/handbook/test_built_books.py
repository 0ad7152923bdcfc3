"""A book that mdBook has built opens as its source does."""

from pathlib import Path

import pytest

from tui.handbook.blocks import Preformatted, Span, Style
from tui.handbook.errors import ContentError
from tui.handbook.loading import Pages, load_handbook
from tui.handbook.model import Handbook

_TOC = """<html><body><ol class="chapter">
<li class="chapter-item expanded affix "><a href="start.html" target="_parent">Start</a></li>
<li class="chapter-item expanded "><li class="spacer"></li><li class="part-title">Part &amp; more</li></li>
<li class="chapter-item expanded "><span class="chapter-link-wrapper"><a href="a/one.html">
<strong aria-hidden="true">1.</strong> One</a><a class="chapter-fold-toggle"><div>❱</div></a></span>
<ol class="section"><li class="chapter-item "><a href="a/two.html"><strong aria-hidden="true">1.1.</strong> T&lt;wo></a></li></ol>
<li class="chapter-item "><div><strong aria-hidden="true">2.</strong> Draft</div></li>
<li class="chapter-item "><a href="../out.html"><strong aria-hidden="true">3.</strong> Out</a></li>
</ol></body></html>"""

_PAGE = """<!DOCTYPE HTML><html lang="ar" dir="rtl"><head><title>One - Book</title></head><body>
<!-- Book generated using mdBook --><h1 class="menu-title">The Book</h1>
<nav>Contents</nav><main>
<h1 id="one"><a class="header" href="#one">One</a></h1>
<p>Go <a href="two.html#part">on</a>,
   <em>out</em> <a href="../../std/vec.html">there</a> <button>Copy</button><!-- no --></p>
<pre><code class="language-rust should_panic"><span class="boring">fn main() {
</span>    x &lt; y;
<span class="boring">}</span></code></pre>
<blockquote class="blockquote-tag blockquote-tag-note"><p class="blockquote-tag-title"><svg>a</svg>Note</p><p>b</p></blockquote>
<p>c<sup class="footnote-reference" id="fr-1"><a href="#footnote-1">1</a></sup></p>
<ol class="footnote-definition"><li id="footnote-1"><p>d <a href="#fr-1">↩</a></p></li></ol>
</main><script>alert(1)</script></body></html>"""


@pytest.fixture
def handbook(tmp_path: Path) -> Handbook:
    files = {
        "toc.html": _TOC,
        "index.html": _PAGE,
        "start.html": _PAGE,
        "a/one.html": _PAGE,
        "a/two.html": "<main><h2 id='part'>Part</h2></main>",
    }
    (tmp_path / "book/a").mkdir(parents=True)
    (tmp_path / "out.html").write_text("<main>Secret</main>")
    for name, text in files.items():
        (tmp_path / "book" / name).write_text(text, "utf-8")
    return load_handbook(tmp_path / "book")


def test_contents(handbook: Handbook) -> None:
    """Parts, numbers, nesting and drafts are those of mdBook's own list; nothing outside is a page."""
    assert handbook.title == "The Book"
    shown = [
        (each.chapter, each.depth, each.numbered_title, each.path) for each in handbook.sections
    ]
    part = "Part & more"
    assert shown == [
        ("Start", 0, "Start", "start.html"),
        (part, 0, "1 One", "a/one.html"),
        (part, 1, "1.1 T<wo>", "a/two.html"),
        (part, 0, "2 Draft", None),
        (part, 0, "3 Out", None),
    ]
    assert [each.id for each in handbook.readable] == ["start", "a/one", "a/two"]
    assert [each.id for each in handbook.sections if each.parted] == ["a/one"]


def test_contents_in_each_page(tmp_path: Path) -> None:
    """Books of earlier versions list their pages in each page."""
    (tmp_path / "one.html").write_text(_PAGE)
    contents = '<ol class="chapter"><li><a href="one.html"><strong aria-hidden="true">1.</strong> One</a></li></ol>'
    (tmp_path / "index.html").write_text(_PAGE.replace("Contents", contents))
    (section,) = load_handbook(tmp_path).sections
    assert section.numbered_title == "1 One"


def test_page(handbook: Handbook) -> None:
    """The main part is the page: text, code with hidden lines, alerts, links there and back."""
    page = Pages(handbook)[handbook.by_id["a/one"]]
    assert page.right_to_left
    assert [block.text for block in page.blocks] == [
        *("One", "Go on, out there", "    x < y;", "Note", "b", "c1", "d ↩"),
    ]
    code = page.blocks[2]
    assert isinstance(code, Preformatted)
    assert (code.described, code.whole) == ("rust, panics", "fn main() {\n    x < y;\n}")
    assert page.blocks[3][0] == (Span("Note", Style.STRONG),)
    links = [(each.link.section, each.link.anchor) for each in page.links]
    assert links == [("a/two", "part"), ("", ""), ("a/one", "footnote-1"), ("a/one", "fr-1")]
    assert page.blocks[page.block_of("footnote-1")].text == "d ↩"


def test_title_of_another_level(handbook: Handbook) -> None:
    """A page without a first heading gets its title, and its anchors lead right."""
    page = Pages(handbook)[handbook.by_id["a/two"]]
    assert [block.text for block in page.blocks] == ["T<wo>", "Part"]
    assert page.block_of("part") == 1


def test_what_is_indexed(handbook: Handbook) -> None:
    """A search finds what the page shows, and nothing of the page around it."""
    text = Pages(handbook).searchable(handbook.by_id["a/one"])
    assert "x < y;" in text
    assert not [word for word in ("Contents", "alert", "Copy", "main()") if word in text]


def test_folder_of_other_html(tmp_path: Path) -> None:
    """A folder of pages that mdBook did not build is no book, nor one whose contents are empty."""
    (tmp_path / "index.html").write_text("<html></html>")
    with pytest.raises(ContentError, match=r"no SUMMARY.md in it"):
        load_handbook(tmp_path)
    (tmp_path / "toc.html").write_text("<html></html>")
    with pytest.raises(ContentError, match=r"no list of its pages"):
        load_handbook(tmp_path)
