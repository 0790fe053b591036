"""From a clause to money: rules read out of text, and figures worked out from rules."""
