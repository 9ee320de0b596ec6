"""What a caller asks for: databases, tables and statuses, in any form."""
