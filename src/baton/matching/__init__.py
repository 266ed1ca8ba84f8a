"""Found before created: search, likely matches, duplicates, and two records of one person made one."""
