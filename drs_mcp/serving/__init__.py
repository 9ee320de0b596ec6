"""How questions become an MCP server: registration, budgets, labels, prompts, resources."""
