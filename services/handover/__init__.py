"""Handing a shift over: the paper, the two signatures, and the ledger of what was lent."""
