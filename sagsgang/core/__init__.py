"""What every app stands on: rows with an identity, the audit log, doors, errors. No word of the domain."""
