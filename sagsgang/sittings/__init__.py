"""The meeting while it is held (mødeafvikling): who comes and goes, what is moved and voted, who speaks, who follows along.

Acts: open and adjourn, take an item up, note arrivals and departures, call a substitute, note a conflict of interest,
move a proposal, open a poll, enter votes, keep the list of speakers, enter a dissent, halt a decision.
"""
