"""From rows to what a member's pages show: plain values. Pure."""
