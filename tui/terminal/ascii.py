"""Text for terminals that only have ASCII: every character in as many cells as it had.

The tables are plain strings, so that what stands for what can be read off.
"""
# ruff: noqa: RUF001 - look-alikes of ASCII are what these tables are about

import unicodedata

from rich.cells import get_character_cell_size, split_graphemes

_STAND_INS = (
    ("‘’‚‛′‵ʹʻʼ´ˈ", "'"),
    ("“”„‟″‶«»˝", '"'),
    ("‹◀◂◁◄◃⟨❮⏴≺", "<"),
    ("›▶▸▷►▹⟩❯⏵≻➤", ">"),
    ("‐‑‒–—―−⁃➖⏤─━┄┅┈┉╌╍╴╶╸╺╼╾", "-"),
    ("═≡≈≅≃≣", "="),
    ("│┃┆┇┊┋╎╏║╵╷╹╻╽╿❘❙❚¦‖", "|"),
    ("╱⁄∕", "/"),
    ("╲∖", "\\"),
    ("╳×✕✖✗✘⨯☓☒☑✓✔✅🗸⊗", "x"),
    ("•‣∙●■▪◆◼★☆✦✱∗⁎◉⦿", "*"),
    ("○◌◯☐□▢◦◇◻▫⭘", "o"),
    ("·…⋯․∶", "."),
    ("→⇒⟶➔➜↦⇨↣", ">"),
    ("←⇐⟵↤⇦↢", "<"),
    ("↑⇑▲△▴▵⌃˄⏶↥⇧", "^"),
    ("↓⇓▼▽▾▿⌄˅⏷↧⇩", "v"),
    ("↔⇔↕⇕↵⏎↩↪", "-"),
    ("█▉▊▋▌▐▓▒▀▛▜▙▟▞▚▆▇▅", "#"),
    ("▄▃▂▁▔", "_"),
    ("▍▎▏▕", "|"),
    ("░", ":"),
    ("▖▗▘▝", "."),
    ("┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛╭╮╯╰", "+"),
    ("├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┬┭┮┯┰┱┲┳┴┵┶┷┸┹┺┻┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋", "+"),
    ("╒╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡╢╣╤╥╦╧╨╩╪╫╬", "+"),
    ("±∓", "+"),
    ("≤⩽", "<"),
    ("≥⩾", ">"),
    ("≠", "!"),
    ("÷", "/"),
    ("°º˚", "o"),
    ("√", "v"),
    ("∞", "8"),
    ("©", "c"),
    ("®", "r"),
    ("µμ", "u"),
    ("£", "L"),
    ("€", "E"),
    ("¥", "Y"),
    ("¢", "c"),
    ("§", "S"),
    ("¶", "P"),
    ("†‡", "+"),
    ("¿", "?"),
    ("¡❗⚠", "!"),
    ("ßẞ", "s"),
    ("æÆ", "e"),
    ("œŒ", "e"),
    ("øØ", "o"),
    ("đĐðÐ", "d"),
    ("łŁ", "l"),
    ("ıİ", "i"),
    ("þÞ", "p"),
    ("ħĦ", "h"),
    ("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f⠀", " "),
)
"""Characters, and the one that stands for each of them."""


class _AsciiTable(dict[int, str]):
    """What stands for each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        width = 1 if char.isascii() else get_character_cell_size(char)
        self[code] = stand_in = _widened(_stand_in(char) or "?" * width, width)
        return stand_in


_KNOWN = {char: stand_in for chars, stand_in in _STAND_INS for char in chars}
_TABLE = _AsciiTable()
_JOINERS = "\ufe0f\u200d"
"""Characters that change how wide their neighbors are."""


def fold(text: str) -> str:
    """The text in ASCII, in the same number of cells; what has no stand-in shows as `?`."""
    if text.isascii():
        return text
    if any(joiner in text for joiner in _JOINERS):
        clusters = split_graphemes(text)[0]
        return "".join(_widened(text[i:j].translate(_TABLE), width) for i, j, width in clusters)
    return text.translate(_TABLE)


def is_known(char: str) -> bool:
    """Whether a single character has a stand-in, or takes no room and may be left out."""
    return get_character_cell_size(char) == 0 or bool(_stand_in(char))


def _stand_in(char: str) -> str:
    """One ASCII character for another, or nothing where there is none."""
    if char.isascii():
        return char
    plain = unicodedata.normalize("NFKD", char)
    letters = "".join(part for part in plain if not unicodedata.combining(part))
    return _KNOWN.get(char) or (letters if len(letters) == 1 and letters.isascii() else "")


def _widened(text: str, width: int) -> str:
    """Text cut or filled up to a width."""
    return text[:width].ljust(width)
