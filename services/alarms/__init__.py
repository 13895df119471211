"""From a panel's bytes to an alarm that a person owns, decides and resets."""
