"""The doors of the reports: the auditor's log, and everybody's overview."""
