"""Schema migrations: a file per revision; none imports code that can change."""
