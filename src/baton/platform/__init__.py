"""The floor all areas stand on: accounts, row security, routes, actions, drafts and the design system."""
