"""Why a running task lags behind its source."""
