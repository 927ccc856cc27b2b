"""What is to be told, to whom, and where each letter is."""
