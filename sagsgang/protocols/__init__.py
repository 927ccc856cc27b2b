"""The protocol (beslutningsprotokol): written from what happened, signed by those who took part, then only added to.

Acts: write around the facts, make final, sign, sign with a reservation, remind, amend; and prints of agenda and protocol.
"""
