"""Answers that stand in prose: figures with their subjects, printed reasons, definitions, and sentences worth quoting.

Pure functions over the passages of one document. All of them would rather return nothing than something else's figure.
A hit is a proposal with a score; several hits near the best are for the caller to judge.
"""
