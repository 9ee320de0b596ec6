"""Why a task is in trouble: a verdict, its cause with evidence, and what to do next."""
