"""Forms that are not hidden without a trace, each with its reason: named, so that nobody takes them for
done. The twin worlds leave them out."""

OPEN = {
    "rec-json-in-json": "a JSON text within a field that is not known to hold a row",
}
