"""How the embedded DRS makes long lists out of short descriptions, from a seed."""
