"""People who use Baton: invitations, roles, signing in, sessions, and what each role may open."""
