"""The pages on which words leave the house, come back, and are asked about again; by subject."""
