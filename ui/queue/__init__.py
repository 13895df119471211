"""The alarm queue: a list of cards that stays calm while alarms pour in."""
