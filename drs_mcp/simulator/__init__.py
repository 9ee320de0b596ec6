"""An embedded DRS: a Starlette app over a world in readable scenario files."""
