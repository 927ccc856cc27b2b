"""What people fill in about the wheel."""
