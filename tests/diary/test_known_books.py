"""Each book has its own places, wherever it lies, and none learns where that is."""

from pathlib import Path

from tui.diary.data_folder import BOOKS, FILE_NAME, our_files
from tui.diary.known_books import KnownBooks


def _folders(tmp_path: Path, *names: str) -> list[Path]:
    folders = [tmp_path / name for name in names]
    for folder in folders:
        folder.mkdir()
    return folders


def test_two_books_of_one_title(tmp_path: Path) -> None:
    """The first keeps the title as its name, as books did before; another gets an id of its own."""
    data, one, two = _folders(tmp_path, "data", "one", "two")
    (data / FILE_NAME).touch()
    first = KnownBooks(data)
    assert first.name_of("Book", one) == "Book"
    first.keep()
    second = KnownBooks(data)
    other = second.name_of("Book", two)
    assert other.startswith("Book #")
    second.keep()
    third = KnownBooks(data)
    assert (third.name_of("Book", one), third.name_of("Book", two)) == ("Book", other)
    assert third.name_of("Renamed", two) == other
    assert (data / BOOKS).stat().st_mode & 0o777 == 0o600
    assert data / BOOKS in our_files(data)


def test_book_that_was_moved(tmp_path: Path) -> None:
    """It goes on where it was left, if its title is the same."""
    data, one = _folders(tmp_path, "data", "one")
    (data / FILE_NAME).touch()
    known = KnownBooks(data)
    known.name_of("Book", one)
    known.keep()
    moved = one.rename(tmp_path / "moved")
    assert KnownBooks(data).name_of("Book", moved) == "Book"
    assert KnownBooks(data).name_of("Other", moved) == "Other"


def test_without_a_diary(tmp_path: Path) -> None:
    """Where no diary is, nothing is kept, and a file that is damaged is none."""
    data, one = _folders(tmp_path, "data", "one")
    known = KnownBooks(data)
    known.name_of("Book", one)
    known.keep()
    assert not (data / BOOKS).exists()
    for damaged in ("[", "[1]", '{"/a": 3}', "[" * 100_000):
        (data / BOOKS).write_text(damaged)
        assert KnownBooks(data).name_of("Book", one) == "Book"
