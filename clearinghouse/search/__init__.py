"""From a visitor's question to results: reading it, widening it, joining hits with rows, and measuring it."""
