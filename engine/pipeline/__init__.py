"""The reference sender: the only place with a clock, a network and a disk."""
