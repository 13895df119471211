"""A foreign ONVIF camera with a loudspeaker (GstRtspServer's ONVIF mode); run by the system's python3.

Arguments: name=value: out (file of what it hears, raw 16-bit samples), coding (PCMU | PCMA), protocols
(tcp | udp | all), user, password (digest). Prints "ready PORT"; ends with its standard input.
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
NUMBERS = {"PCMU": 0, "PCMA": 8}
DEPAY = {"PCMU": "rtppcmudepay ! mulawdec", "PCMA": "rtppcmadepay ! alawdec"}


def main() -> None:
    given = dict(pair.split("=", 1) for pair in sys.argv[1:])
    coding = given.get("coding", "PCMU")
    Gst.init(None)
    server = GstRtspServer.RTSPOnvifServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    factory = GstRtspServer.RTSPOnvifMediaFactory()
    factory.set_launch(
        # Nobody sets up its own sound: without the tee's second way that ends the whole medium.
        "( audiotestsrc is-live=true ! audio/x-raw,rate=8000,channels=1 ! tee name=own "
        "own. ! fakesink async=false own. ! mulawenc ! rtppcmupay name=pay0 pt=0 )"
    )
    caps = f"application/x-rtp,media=audio,payload={NUMBERS[coding]},clock-rate=8000,encoding-name={coding}"
    factory.set_backchannel_launch(
        f'( capsfilter caps="{caps}" name=depay_backchannel ! {DEPAY[coding]} '
        f'! filesink buffer-mode=unbuffered async=false location="{given["out"]}" )'
    )
    factory.set_media_gtype(GstRtspServer.RTSPOnvifMedia.__gtype__)
    factory.set_protocols(PROTOCOLS[given.get("protocols", "all")])
    if "user" in given:
        auth = GstRtspServer.RTSPAuth()
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        token = GstRtspServer.RTSPToken()
        token.set_string("media.factory.role", "guard")
        permissions = GstRtspServer.RTSPPermissions()
        permissions.add_permission_for_role("guard", "media.factory.access", True)
        permissions.add_permission_for_role("guard", "media.factory.construct", True)
        factory.set_permissions(permissions)
        auth.add_digest(given["user"], given["password"], token)
        server.set_auth(auth)
    server.get_mount_points().add_factory("/door", factory)
    server.attach(None)
    loop = GLib.MainLoop()
    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, lambda *_: loop.quit())
    sys.stdout.write(f"ready {server.get_bound_port()}\n")
    sys.stdout.flush()
    loop.run()


main()
