"""Qt toolkit: widgets take data and emit what the user did."""
