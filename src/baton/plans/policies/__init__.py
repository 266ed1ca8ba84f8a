"""What must be true before a plan is agreed, a meeting counts or help ends. Each sentence is what people read."""
