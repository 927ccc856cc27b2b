"""The equality figures: leaders by level and sex on one day, checked, compared, protected, and reported."""
