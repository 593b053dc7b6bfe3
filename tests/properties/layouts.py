"""How may one and the same content be written down? In any layout YAML allows."""

from hypothesis import strategies as st

PLAIN = st.sampled_from(
    [
        *("a", "age > 3", "two words", "x#y", "a-b", "e: 1".replace(": ", ":")),
        *("yes", "No", "on", "y", "true", "True", "1", "012", "1_000", "-2.50", "1e3"),
        *("1:30", "2026-01-31", ".5", "0x1F", "+1", "=", "<<", "~x", "null-ish"),
    ]
)
"""Values that may stand without quotes anywhere."""

QUOTED = PLAIN | st.sampled_from(
    [
        *("", "null", "~", " lead", "trail ", "a: b", "a #b", "# no comment", "- a"),
        *("it's", 'q5 == "yes"', "both ' and \"", "back\\slash", "\ttab", "“curly”"),
        *("é ü ñ", "😀", "{a}", "[a", "a, b", "@x", "%x", "two\nlines", "a\n\nb\n"),
    ]
)
"""Values that stand in quotes, or in a block."""

NAMES = st.sampled_from(
    [
        "id",
        "ask",
        "type",
        "options",
        "yes",
        "no",
        "1",
        "null",
        "a b",
        "~",
        "when",
        "it's",
    ]
)

CONTENT = st.recursive(
    st.none() | QUOTED,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4)
    ),
    max_leaves=12,
)


@st.composite
def files(draw, content=CONTENT, *, with_comments=True):
    """Return (content, text): names with values, and one way of writing them."""
    made = draw(st.dictionaries(NAMES, content, min_size=1, max_size=5))
    return made, draw(layouts(made, with_comments=with_comments))


@st.composite
def layouts(draw, content, *, with_comments=True):
    """Return one way of writing names with values."""
    writer = _Writer(draw, with_comments=with_comments)
    return "".join(f"{line}\n" for line in writer.block(content, 0))


class _Writer:
    def __init__(self, draw, *, with_comments):
        self._draw = draw
        self._with_comments = with_comments

    def block(self, value, column):
        """Return the lines of a part that begins on a line of its own."""
        if isinstance(value, dict):
            return self._names(value, column)
        return self._items(value, column)

    def _names(self, value, column):
        lines = []
        for name, part in value.items():
            lines += self._margin(column)
            colon = self._one_of(":", ":", " :")
            lines += self._under(
                f"{' ' * column}{self._name(name)}{colon}", part, column
            )
        return lines

    def _items(self, value, column):
        lines = []
        for part in value:
            lines += self._margin(column)
            dash = f"{' ' * column}-"
            if isinstance(part, dict) and part and self._one_of(True, False):
                gap = self._one_of(1, 1, 2, 3)
                inner = self._names(part, column + 1 + gap)
                first = next(n for n, line in enumerate(inner) if self._is_name(line))
                inner[first] = dash + " " * gap + inner[first].lstrip(" ")
                lines += inner[first:]
            else:
                lines += self._under(dash, part, column)
        return lines

    @staticmethod
    def _is_name(line):
        return bool(line.strip()) and not line.lstrip().startswith("#")

    def _under(self, head, part, column):
        """Return the lines of a name or a dash with what belongs to it."""
        if isinstance(part, dict | list):
            if not part or self._one_of(True, False, False):
                return [f"{head} {self._brackets(part)}{self._end()}"]
            inner = column + self._one_of(1, 2, 2, 4)
            return [f"{head}{self._end()}", *self.block(part, inner)]
        if part is None:
            return [head + self._one_of("", " null", " ~") + self._end()]
        if self._may_be_block(part) and self._one_of(True, False):
            return self._literal(head, part, column + self._one_of(1, 2, 4))
        return [f"{head} {self._value(part)}{self._end()}"]

    @staticmethod
    def _may_be_block(part):
        return bool(part.strip()) and part[0] not in " \t\n" and part.isprintable()

    def _literal(self, head, part, column):
        sign = self._one_of("|-", ">-")
        words = part.split(" ") if sign == ">-" and "  " not in part.strip() else [part]
        is_split = len(words) > 1 and all(words) and self._one_of(True, False)
        lines = words if is_split else [part]
        return [f"{head} {sign}", *(" " * column + line for line in lines)]

    def _brackets(self, part):
        space = self._one_of("", " ", "\n" + " " * 40)
        comma = ","
        if space.startswith("\n") and self._with_comments:
            comma = self._one_of(",", ", # in")
        if isinstance(part, list):
            inner = f"{comma}{space or ' '}".join(map(self._inside, part))
            return f"[{space}{inner}{space}]"
        pairs = [f"{self._name(name)}: {self._inside(v)}" for name, v in part.items()]
        return "{" + space + f"{comma}{space or ' '}".join(pairs) + space + "}"

    def _inside(self, part):
        if isinstance(part, dict | list):
            return self._brackets(part)
        return "null" if part is None else self._value(part)

    def _name(self, name):
        return self._value(name) if name not in {"null", "~"} else f'"{name}"'

    def _value(self, value):
        ways = [self._double(value)]
        if value.isprintable():
            ways.append("'" + value.replace("'", "''") + "'")
        if value in _SAFE:
            ways += [value, value]
        return self._one_of(*ways)

    @staticmethod
    def _double(value):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'

    def _margin(self, column):
        """Return empty lines and comments above a line."""
        if not self._with_comments:
            return []
        lines = [""] * self._one_of(0, 0, 0, 1, 3)
        for number in range(self._one_of(0, 0, 0, 1, 2)):
            at = column + self._one_of(0, 0, 0, 1, 3)
            lines.append(f"{' ' * at}# c{number} 'x")
        return lines

    def _end(self):
        return (
            self._one_of("", "", "", "  # end", " #end") if self._with_comments else ""
        )

    def _one_of(self, *ways):
        return self._draw(st.sampled_from(ways))


_SAFE = {
    *("a", "age > 3", "two words", "x#y", "a-b", "e:1", "yes", "No", "on", "y", "true"),
    *("True", "1", "012", "1_000", "-2.50", "1e3", "1:30", "2026-01-31", ".5", "0x1F"),
    *("+1", "=", "<<", "~x", "null-ish", "id", "ask", "type", "options", "no", "when"),
    *("a b", "it's"),
}
