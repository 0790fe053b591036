"""Matching: what a question states held against what a clause measures and demands."""
