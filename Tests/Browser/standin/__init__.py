"""Jobs that are made up, in the shapes of the interface."""
