"""A part of a template that is made once for the words it is given."""

from dataclasses import is_dataclass
from datetime import date, time
from types import NoneType
from uuid import UUID

from django import template
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from sagsgang.core.pieces import pieces

register = template.Library()

_WORDS = (str, int, date, time, UUID, NoneType)


class _OnceNode(template.Node):
    """What stands between `once` and `endonce`, by the words it is given, the language and where addresses begin."""

    def __init__(self, given: dict[str, template.base.FilterExpression], inside: template.base.NodeList) -> None:
        self._given = given
        self._inside = inside

    def render(self, context: template.Context) -> SafeString:
        """As it was made before of the same words, or made now: of them alone."""
        words = {name: found.resolve(context, ignore_failures=True) for name, found in self._given.items()}
        mark = (self, get_language(), get_script_prefix(), *map(_by_value, words.values()))
        return pieces.get(mark, lambda: self._inside.render(context.new(words)))


def _by_value(word: object) -> tuple[object, ...]:
    """What is the same only for the same word. Raises TypeError for a row, which is the same as long as its id is."""
    if isinstance(word, list | tuple):
        return tuple(map(_by_value, word))
    if not isinstance(word, _WORDS) and not (is_dataclass(word) and word.__hash__):
        raise TypeError(f"once: {type(word).__name__}")
    return type(word), word


@register.tag
def once(parser: template.base.Parser, token: template.base.Token) -> _OnceNode:
    """`once name=value …`: a piece that is made once for these values, and that sees nothing but them."""
    given = template.base.token_kwargs(token.split_contents()[1:], parser)
    inside = parser.parse(("endonce",))
    parser.delete_first_token()
    return _OnceNode(given, inside)
