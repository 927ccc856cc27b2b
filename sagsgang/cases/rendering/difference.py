"""The difference of two texts, to be read: words that came in `<ins>`, words that went in `<del>`.

Blocks are held against each other first (paragraphs, list items, table rows), then the words inside a block that
changed. The HTML is built from plain words that are escaped here; nothing of the texts' own markup passes unread.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import Any, Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sagsgang.cases.rules.alignment import align
from sagsgang.documents import richtext
from sagsgang.documents.richtext import Node, Tree

type Mark = Literal["", "ins", "del"]

_LONG_RUN = 1_200  # words of a block above which its sentences are held against each other first
_ISLAND = 3  # letters: what stayed between two changes and is no longer than this is read with them

_WORD = re.compile(r"\w+ *|[^\w ]+ *| +")
_LEAVES = frozenset({"p", "h"})
_EMPTY = mark_safe("")


@dataclass(frozen=True, slots=True)
class _Token:
    """A word with the blanks behind it; `href` and `marks` say how it was set (marks are not compared)."""

    text: str
    href: str = ""
    marks: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        return (self.text.rstrip(" "), self.href)


def difference(old_html: str, new_html: str) -> SafeString:
    """What became of a sanitised text: the new one, with what came and what went marked and said for the ear.

    Without the `<ins>` and inside the `<del>` the words are the old ones, and the other way round. Emphasis alone
    is not a difference; where a link leads, is.
    """
    return _blocks(richtext.to_tree(old_html), richtext.to_tree(new_html))


def words_difference(old: str, new: str) -> SafeString:
    """The same for one line of plain text, such as a heading."""
    return _leaf_words(_tokens([old]), _tokens([new]))


def unchanged(html: str) -> SafeString:
    """A sanitised text in the same form, nothing marked."""
    return _join(_node(block, "") for block in richtext.to_tree(html))


def has_marks(html: SafeString) -> bool:
    """Did anything come or go?"""
    return "<ins>" in html or "<del>" in html


# Blocks


def _blocks(old: Tree, new: Tree) -> SafeString:
    return _join(_block_pair(*pair) for pair in align(old, new, _key, _words))


def _block_pair(old: Node | None, new: Node | None) -> SafeString:
    if old is None or new is None:
        return _node(new, "ins") if new is not None else _node(old, "del")
    if _key(old) == _key(new) or not isinstance(old, dict) or not isinstance(new, dict):
        return _node(new, "")
    if old["t"] != new["t"] and not {old["t"], new["t"]} <= _LEAVES:
        return _join([_node(old, "del"), _node(new, "ins")])
    if new["t"] in ("ul", "ol"):
        return _list_pair(old, new)
    if new["t"] == "table":
        return _table_pair(old, new)
    return _wrapped(new, _leaf_words(_tokens(old["c"]), _tokens(new["c"])))


def _list_pair(old: dict[str, Any], new: dict[str, Any]) -> SafeString:
    """A list whose items are held against each other; in a numbered one each keeps the number that it had."""
    numbers = {id(item): number for items in (old["c"], new["c"]) for number, item in enumerate(items, start=1)}
    lines = []
    for before, after in align(old["c"], new["c"], _tree_key, _tree_words):
        inside = _blocks(before or [], after or [])
        number = numbers[id(after if after is not None else before)]
        lines.append(_item(inside, number if new["t"] == "ol" else None))
    return _tag(new["t"], _join(lines))


def _table_pair(old: dict[str, Any], new: dict[str, Any]) -> SafeString:
    caption = _leaf_words(_tokens(old["caption"]), _tokens(new["caption"]))
    head = _rows_pair(old["head"], new["head"], is_head=True)
    body = _rows_pair(old["body"], new["body"], is_head=False)
    return _whole_table(caption, head, body)


def _rows_pair(old: list[Any], new: list[Any], *, is_head: bool) -> SafeString:
    rows = []
    for before, after in align(old, new, _row_key, _row_words):
        cells = (_cell_pair(was, now, is_head=is_head) for was, now in zip_longest(before or [], after or []))
        rows.append(_tag("tr", _join(cells)))
    return _join(rows)


def _cell_pair(old: dict[str, Any] | None, new: dict[str, Any] | None, *, is_head: bool) -> SafeString:
    shown = new or old or {}
    inside = _blocks(old["c"] if old else [], new["c"] if new else [])
    return _cell(shown, inside, is_head=is_head, is_whole=False)


# Words


def _leaf_words(old: list[_Token], new: list[_Token]) -> SafeString:
    """Words against words; of a very long run its sentences first."""
    if max(len(old), len(new)) <= _LONG_RUN:
        return _token_runs(old, new)
    parts = []
    for was, now in align(_sentences(old), _sentences(new), _tokens_key, _tokens_words):
        if was is not None and now is not None and max(len(was), len(now)) <= _LONG_RUN:
            parts.append(_token_runs(was, now))
        elif was == now:
            parts.append(_marked(now or [], ""))
        else:
            parts += [_marked(was or [], "del"), _marked(now or [], "ins")]
    return _join(parts)


def _token_runs(old: list[_Token], new: list[_Token]) -> SafeString:
    matcher = SequenceMatcher(None, [t.key for t in old], [t.key for t in new], autojunk=False)
    parts = []
    i = j = 0
    for stays_i, stays_j, size in matcher.get_matching_blocks():
        is_inside = i + j > 0 and size > 0 and stays_i + size < len(old) and stays_j + size < len(new)
        if is_inside and sum(len(token.text.strip()) for token in new[stays_j : stays_j + size]) <= _ISLAND:
            continue
        parts += [_marked(old[i:stays_i], "del"), _marked(new[j:stays_j], "ins")]
        i, j = stays_i + size, stays_j + size
        parts.append(_marked(new[stays_j:j], ""))
    return _join(parts)


def _tokens(inline: Tree, href: str = "", marks: tuple[str, ...] = ()) -> list[_Token]:
    found: list[_Token] = []
    for node in inline:
        if isinstance(node, str):
            found += [_Token(word, href, marks) for word in _WORD.findall(node)]
        elif node["t"] == "br":
            found.append(_Token("\n", href, marks))
        elif node["t"] == "a":
            found += _tokens(node["c"], node["href"], marks)
        else:
            found += _tokens(node["c"], href, (*marks, node["t"]))
    return found


def _sentences(tokens: list[_Token]) -> list[list[_Token]]:
    sentences: list[list[_Token]] = [[]]
    for token in tokens:
        sentences[-1].append(token)
        if token.text.rstrip() in (".", "?", "!", ":", ";", ""):
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


# What two parts must share


def _words(block: Node) -> Counter[str]:
    if isinstance(block, str):
        return Counter([block])
    kind = "" if block["t"] in _LEAVES else f"{block['t']} "
    return Counter(kind + word for word in _all_words(block))


def _all_words(node: Node) -> list[str]:
    """The words below a node, small letters, without signs at their ends."""
    text = " ".join(_texts(node))
    return [word.strip('.,;:!?()"”»«').casefold() for word in text.split()]


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for child in node:
            yield from _texts(child)
    else:
        for part in ("caption", "head", "body", "c"):
            yield from _texts(node.get(part, []))


def _tree_words(tree: Tree) -> Counter[str]:
    return sum((_words(block) for block in tree), Counter())


def _row_words(row: list[Any]) -> Counter[str]:
    return Counter(word for cell in row for word in _all_words(cell))


def _tokens_words(tokens: list[_Token]) -> Counter[str]:
    return Counter(token.text.strip().casefold() for token in tokens)


def _tokens_key(tokens: list[_Token]) -> Hashable:
    return tuple(token.key for token in tokens)


def _key(block: Node) -> Hashable:
    """What two blocks must share to be the same: kind, words, and where links lead."""
    if isinstance(block, str):
        return block
    if block["t"] == "table":
        rows = [*block["head"], *block["body"]]
        return ("table", len(block["head"]), _inline_key(block["caption"]), tuple(_row_key(row) for row in rows))
    if block["t"] in ("ul", "ol"):
        return (block["t"], tuple(_tree_key(item) for item in block["c"]))
    return (block["t"], block.get("level", 0), _inline_key(block["c"]))


def _tree_key(tree: Tree) -> Hashable:
    return tuple(_key(block) for block in tree)


def _row_key(row: list[Any]) -> Hashable:
    return tuple((cell["th"], _tree_key(cell["c"])) for cell in row)


def _inline_key(inline: Tree) -> Hashable:
    """Runs of the same address are one: emphasis that splits them is no difference."""
    runs = groupby(_tokens(inline), key=lambda token: token.href)
    return tuple((href, "".join(token.text for token in run)) for href, run in runs)


# Into HTML


def _node(node: Node | None, mark: Mark) -> SafeString:
    """A whole block, all of it unmarked, added or deleted."""
    if node is None:
        return _EMPTY
    if isinstance(node, str):
        return _marked(_tokens([node]), mark)
    if node["t"] in ("ul", "ol"):
        items = enumerate(node["c"], start=1)
        number = node["t"] == "ol"
        lines = (_item(_tree(item, mark), place if number else None) for place, item in items)
        return _tag(node["t"], _join(lines))
    if node["t"] == "table":
        head, body = _rows(node["head"], mark, is_head=True), _rows(node["body"], mark, is_head=False)
        return _whole_table(_marked(_tokens(node["caption"]), mark), head, body)
    return _wrapped(node, _marked(_tokens(node["c"]), mark))


def _rows(rows: list[Any], mark: Mark, *, is_head: bool) -> SafeString:
    return _join(
        _tag("tr", _join(_cell(c, _tree(c["c"], mark), is_head=is_head, is_whole=True) for c in row)) for row in rows
    )


def _tree(tree: Tree, mark: Mark) -> SafeString:
    return _join(_node(block, mark) for block in tree)


def _wrapped(leaf: dict[str, Any], inside: SafeString) -> SafeString:
    return _tag("p" if leaf["t"] == "p" else "h3" if leaf["level"] == 1 else "h4", inside)


def _item(inside: SafeString, number: int | None) -> SafeString:
    return (
        format_html("<li>{}</li>", inside) if number is None else format_html('<li value="{}">{}</li>', number, inside)
    )


def _cell(cell: dict[str, Any], inside: SafeString, *, is_head: bool, is_whole: bool) -> SafeString:
    """A cell; one that reaches over several rows does so only where no row came or went between them."""
    scope = format_html(' scope="{}"', "col" if is_head else "row") if cell["th"] else _EMPTY
    across = format_html(' colspan="{}"', cell["colspan"]) if cell["colspan"] > 1 else _EMPTY
    down = format_html(' rowspan="{}"', cell["rowspan"]) if cell["rowspan"] > 1 and is_whole else _EMPTY
    return format_html("<{0}{1}{2}{3}>{4}</{0}>", "th" if cell["th"] else "td", scope, across, down, inside)


def _whole_table(caption: SafeString, head: SafeString, body: SafeString) -> SafeString:
    parts = [_tag("caption", caption) if caption else _EMPTY]
    parts += [_tag("thead", head) if head else _EMPTY, _tag("tbody", body) if body else _EMPTY]
    return _tag("table", _join(parts))


def _marked(tokens: Sequence[_Token], mark: Mark) -> SafeString:
    """The words as they were set, in `<ins>` or `<del>` with the word for it that is only heard."""
    if not tokens:
        return _EMPTY
    words = _join(_set(href, marks, list(run)) for (href, marks), run in groupby(tokens, lambda t: (t.href, t.marks)))
    if not mark:
        return words
    said = _("added:") if mark == "ins" else _("deleted:")
    return format_html('<{0}><span class="sr-only">{1} </span>{2}</{0}>', mark, said, words)


def _set(href: str, marks: tuple[str, ...], run: list[_Token]) -> SafeString:
    lines = "".join(token.text for token in run).split("\n")
    inside = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))
    for mark in reversed(marks):
        inside = _tag(mark, inside)
    return format_html('<a href="{}">{}</a>', href, inside) if href else inside


def _tag(name: str, inside: SafeString) -> SafeString:
    return format_html("<{0}>{1}</{0}>", name, inside)


def _join(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - each part is safe
