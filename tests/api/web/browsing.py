"""What a browser without scripts would send of a page's form."""

from html.parser import HTMLParser


class _Reader(HTMLParser):
    """Reads the fields of every form, by where it is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[tuple[str, str]]]] = []
        self._area: str | None = None
        self._choice: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a form, or note a field."""
        said = {name: value or "" for name, value in attrs}
        present = {name for name, _ in attrs}
        match tag:
            case "form":
                self.forms.append((said.get("action", ""), []))
            case "input" if said.get("type") != "checkbox" or "checked" in present:
                self._note(said.get("name", ""), said.get("value", ""))
            case "textarea":
                self._area, self._text = said.get("name", ""), ""
            case "select":
                self._choice = said.get("name", "")
            case "option" if self._choice and "selected" in present:
                self._note(self._choice, said.get("value", ""))

    def handle_data(self, data: str) -> None:
        """Collect what stands in a text field."""
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        """End a field of several lines, or a list of choices."""
        if tag == "textarea" and self._area is not None:
            self._note(self._area, self._text.removeprefix("\n"))
            self._area = None
        if tag == "select":
            self._choice = None

    def _note(self, name: str, value: str) -> None:
        if self.forms:
            self.forms[-1][1].append((name, value))


def form_on(page: str, at: int = -1) -> tuple[str, dict[str, str]]:
    """Read a form of a page, the last one or another: where it is sent, what with."""
    reader = _Reader()
    reader.feed(page)
    where, fields = reader.forms[at]
    found: dict[str, str] = {}
    for name, value in fields:
        found[name] = f"{found[name]}\n{value}" if name in found else value
    return where, found
