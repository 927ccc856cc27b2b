"""Find a printed person among those the authority knows, or make her."""

from sagsgang.bodies.models import Authority, Person
from sagsgang.meetings.drafts import PersonDraft


class People:
    """The authority's persons by name, for one run. Same name = same person: the source tells no more."""

    def __init__(self, authority: Authority, created: list[str]) -> None:
        self._authority = authority
        self._created = created
        self._known = {person.name: person for person in Person.objects.filter(authority=authority)}

    def named(self, name: str, title: str = "") -> Person:
        """The person of this name; made, and noted as made, if nobody has it."""
        if name not in self._known:
            self._known[name] = Person.objects.create(authority=self._authority, name=name, title=title)
            self._created.append(name)
        return self._known[name]

    def of(self, draft: PersonDraft) -> Person:
        """The person of this line of a protocol."""
        return self.named(draft.name, draft.title)
