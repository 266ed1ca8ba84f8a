"""The pages that bring areas together: home by role, the family page, search."""
