"""Measurements: of answering against gold questions, of reading and of speed."""
