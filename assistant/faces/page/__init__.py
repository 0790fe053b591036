"""The page: an answer, a search, a check-up and a document as HTML. Imports no gradio and holds no policy logic."""
