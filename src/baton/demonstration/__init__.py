"""People who do not exist: a seeded place that walks the real actions, and copies of it for benchmarks."""
