"""Recordings that others made: recorders and cameras asked by ONVIF, RTSP ranges and MediaMTX."""
