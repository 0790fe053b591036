"""The language of policies and of those who ask about them: what words mean the same on both sides, as data with examples."""
