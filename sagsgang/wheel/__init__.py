"""What returns: the annual wheel, statutory duties, political cycles, månedsgrebet and the short talks."""
