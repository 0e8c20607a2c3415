"""Set-up and start of the program, with the standard library only."""
