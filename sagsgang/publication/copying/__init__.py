"""What each kind of file says of its makers, taken out of the copy that leaves. Bytes in, the same bytes out each time."""
