"""The screen “requests”: a list of swaps and leave, and the card on which each is decided."""
