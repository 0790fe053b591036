"""Finding: the library of grants and passages, and which of them a question is about."""
