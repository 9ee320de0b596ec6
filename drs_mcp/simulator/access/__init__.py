"""Who may ask the embedded DRS: tokens, signatures, projects, and an ECS metadata service."""
