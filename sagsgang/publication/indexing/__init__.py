"""What of a release is searched, and by which words. Pure: from released documents to plain values."""
