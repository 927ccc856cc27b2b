"""What is done for those who follow: find the news, write the letters, forget. Nobody's act: no actor, no trace."""

from sagsgang.following.actions.forget import forget
from sagsgang.following.actions.tell import find_news, write_letters

__all__ = ["find_news", "forget", "write_letters"]
