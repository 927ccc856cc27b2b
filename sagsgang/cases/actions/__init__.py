"""Every write to a case: one function for each verb, in a file for each subject."""
