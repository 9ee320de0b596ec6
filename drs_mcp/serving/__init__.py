"""How tool functions become an MCP server: registration, budgets, labels, prompts, resources."""
