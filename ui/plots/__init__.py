"""Pictures of numbers over time, on one time axis shared with the roster."""
