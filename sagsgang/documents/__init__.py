"""Files: documents, their versions and bytes, rich text, PDF. Knows neither cases nor meetings."""
