"""The language: text in, checked model and findings out. Knows no message, clock, store or network."""
