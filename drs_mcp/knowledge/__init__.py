"""What DRS means, as data: statuses, known failures, pre-check items, error codes."""
