"""The case (sag) and the presentation (sagsfremstilling) that is put before bodies."""
