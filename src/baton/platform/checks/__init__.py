"""What `baton check --deploy` looks at, as Django's system checks: settings, and the database roles."""
