"""The machine: model and facts in, verdict out."""
