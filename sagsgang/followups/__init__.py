"""Follow-ups (opfølgning): what somebody shall do because of a decision, a remark or a presentation, and what came of it.

Acts: give a follow-up, change its owner or date, report on it, finish it, put the report on an agenda.
"""
