"""After it is over 复盘: one history of an incident from the record, its review and the lessons drawn."""
