"""Alarms that people bring in 接警登记: from the map, by phone, from the search field, by F12."""
