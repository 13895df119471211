"""The guard force: what each guard does, calls for help with, and where they are; who works when."""
