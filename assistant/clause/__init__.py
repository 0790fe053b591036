"""Clause: a clause of a document, read into what it grants and on what conditions."""
