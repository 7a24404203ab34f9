"""Mutation testing: faults, the nodes they change, and the tests that can see them."""
