"""What the records say in numbers; one reading for screen and export alike."""
