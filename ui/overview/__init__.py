"""The screen “overview”: the steps of the week's work, its worst gaps, and what changed lately."""
