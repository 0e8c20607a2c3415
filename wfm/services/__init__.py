"""Use cases: each is one transaction, one operation in the log and one outcome."""
