"""The meeting plan of a body and a year: rules, what they generate, and what is then moved or called off by hand.

Acts: write a rule, generate a year, move a meeting, cancel it, call an extraordinary one.
"""
