"""Tables the engine reads, as data."""
