"""Front ends: the command line and the window; the place where everything is put together."""
