"""Tables as Qt asks for them: frozen values in, edits out, no widget and no database."""
