"""The wheel as a drawing, a list, a document and a calendar."""
