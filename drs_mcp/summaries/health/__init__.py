"""How the parts of a task move, and what happened to it: monitoring, components, history."""
