"""Forms that are not hidden without a trace, each with its reason: named, so that nobody takes them for
done. The twin worlds leave them out."""

OPEN = {
    "sql-mysql.near-cut": "cut off inside of the password: if it is cut behind an apostrophe of its "
    "own, that reads like the closing one",
    "rec-json-in-json": "a JSON text within a field that is not known to hold a row",
}
