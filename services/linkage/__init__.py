"""What an alarm sets off by itself, and the record of what that did."""
