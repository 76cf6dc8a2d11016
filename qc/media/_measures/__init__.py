"""Measures of the pixel pass: numbers only; the checks decide what they mean."""
