"""A stand-in for `sheaf serve`: the viewer's files and the interface it speaks, over the real `sheaf` command."""
