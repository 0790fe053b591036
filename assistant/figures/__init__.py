"""Figures: the arithmetic of sums, shares, steps, scales and totals."""
