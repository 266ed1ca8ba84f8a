"""How django-allauth works here: signing in, second steps, the council's directory."""
