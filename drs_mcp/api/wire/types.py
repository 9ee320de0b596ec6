"""The scalars of the wire: what the reference page calls them, and what arrives."""

Text = str | int | float | bool | None
"""Documented as String: numbers and booleans arrive too."""

Number = int | float | str | None
"""Documented as Integer or Long: strings arrive too."""

Flag = bool | str | int | None
"""Documented as Boolean: `"true"` and 0 or 1 arrive too."""
