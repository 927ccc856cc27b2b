"""What a reader of minutes says when it cannot read: one Danish sentence, nothing else."""


class UnreadableError(Exception):
    """The file cannot be read as minutes; the sentence is meant for the person who chose the file."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
