"""From a published file to clauses: reading, metadata, outline, script, quantities."""
