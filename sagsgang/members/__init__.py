"""The members' own pages (politikerens bord): my meetings, what was sent to me, what I have read, absence, calendar.

Acts: mark as read, report an absence and take it back, make and revoke the secret address of a calendar.
"""
