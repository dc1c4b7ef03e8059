"""What is done with the figures that a question asks about, one module a family of operations."""
