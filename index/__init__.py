"""From clauses to hits: passages, embeddings, lexical and dense search, fusion, snapshot."""
