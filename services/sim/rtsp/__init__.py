"""An RTSP server for simulated cameras: requests, Digest, RTP packets, sessions."""
