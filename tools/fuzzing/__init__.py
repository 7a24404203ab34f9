"""Random input for everything that reads rule files. `tools/fuzz.py` is its door."""
