"""English dates with the whole name of the month, as the Danish ones have it: "November 3, 2026"."""

DATE_FORMAT = "F j, Y"
