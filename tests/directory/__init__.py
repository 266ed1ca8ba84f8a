"""A council's directory for tests: allauth's own OpenID Connect provider, as a process of its own."""
