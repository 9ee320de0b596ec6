"""How text that others wrote is made fit to show, and where secrets are hidden."""
