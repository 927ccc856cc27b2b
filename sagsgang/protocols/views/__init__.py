"""The pages of a protocol."""
