"""What an alarm set off by itself, shown with its milliseconds."""
