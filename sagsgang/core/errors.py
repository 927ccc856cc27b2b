"""What the domain may refuse with."""


class RuleBrokenError(Exception):
    """The act is not possible in the present state; the message is a sentence for the user."""
