"""The rule files that ship with the package, as data."""
