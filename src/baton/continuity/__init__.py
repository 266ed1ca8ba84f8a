"""The day the network is gone: what each team needs on paper, written and encrypted before it."""
