"""The schema's history; run by `services.storage.care.upgrade`, never by hand."""
