"""A text for each picture, as trainers read them: beside it, or in a folder."""

from pathlib import Path

from describe_draw.names import Distinct, safe


class Texts:
    """Where each picture's text is.

    Two pictures whose names differ in their endings alone have two: `cat.txt` and `cat.png.txt`.

    Args:
        folder: Where all of them are; beside each picture where it is None.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._distinct = Distinct()
        self._taken: set[Path] = set()
        self._places: dict[str, Path] = {}

    def place(self, source: str, inside: str) -> Path:
        """The text of a picture; always the same for the same pictures in the same order.

        Args:
            source: The picture.
            inside: Its path in the folder that was named.
        """
        if source not in self._places:
            picture = self._folder / safe(inside) if self._folder else Path(source)
            place = picture.with_suffix(".txt")
            if place in self._taken:
                place = picture.with_name(f"{picture.name}.txt")
            if self._folder and place in self._taken:
                place = Path(self._distinct(str(place)))
            self._distinct(str(place))
            self._taken.add(place)
            self._places[source] = place
        return self._places[source]

    def lacks(self, source: str) -> bool:
        """Whether a picture has no text, or an empty one."""
        place = self._places[source]
        return not place.exists() or not place.stat().st_size

    def write(self, source: str, caption: str) -> None:
        """Write the text of a picture that has a place."""
        place = self._places[source]
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"{caption}\n", "utf-8", errors="replace")
