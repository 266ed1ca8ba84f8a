"""The rules as pages: each framework, its contradictions, the calculator."""
