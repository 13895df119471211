"""Where something moved in each camera's picture: seen while recording, kept beside the pieces."""
