"""Message catalogues and the developer's tool that keeps them complete."""
