"""A foreign RTSP server (GstRtspServer) for the tests; run by the system's python3, not by ours.

Arguments: clip, then options as name=value: port, protocols (tcp | udp | all), auth (none | basic |
digest), user, password. Prints "ready PORT" and serves rtsp://127.0.0.1:PORT/clip until its standard
input ends.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

PROTOCOLS = {
    "tcp": GstRtsp.RTSPLowerTrans.TCP,
    "udp": GstRtsp.RTSPLowerTrans.UDP,
    "all": GstRtsp.RTSPLowerTrans.TCP | GstRtsp.RTSPLowerTrans.UDP,
}
METHODS = {"basic": GstRtsp.RTSPAuthMethod.BASIC, "digest": GstRtsp.RTSPAuthMethod.DIGEST}
REALM = "gate cameras"


def factory_of(clip: str, protocols: str) -> GstRtspServer.RTSPMediaFactory:
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(
        f'( filesrc location="{clip}" ! qtdemux ! h264parse config-interval=1 ! rtph264pay name=pay0 pt=96 )'
    )
    factory.set_protocols(PROTOCOLS[protocols])
    return factory


def protect(server, factory, method: str, user: str, password: str) -> None:
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(METHODS[method])
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("viewer", "media.factory.access", True)
    permissions.add_permission_for_role("viewer", "media.factory.construct", True)
    factory.set_permissions(permissions)
    if method == "digest":
        auth.set_realm(REALM)
        auth.add_digest(user, password, token)
    else:
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
    server.set_auth(auth)


def main() -> None:
    clip, *pairs = sys.argv[1:]
    given = dict(pair.split("=", 1) for pair in pairs)
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(given.get("port", "0"))
    factory = factory_of(clip, given.get("protocols", "all"))
    method = given.get("auth", "none")
    if method != "none":
        protect(server, factory, method, given["user"], given["password"])
    server.get_mount_points().add_factory("/clip", factory)
    server.attach(None)
    loop = GLib.MainLoop()
    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, lambda *_: loop.quit())
    sys.stdout.write(f"ready {server.get_bound_port()}\n")
    sys.stdout.flush()
    loop.run()


main()
