"""The rules of the room: quorum, votes, substitutes, and when an act is possible. Pure: no queries, no user."""
