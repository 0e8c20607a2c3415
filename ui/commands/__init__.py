"""The commands of `toban`: one module per group, loaded when called."""
