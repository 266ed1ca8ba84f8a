"""Baton: casework for Early Help."""
