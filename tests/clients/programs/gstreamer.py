"""GStreamer's webrtcbin at a door, by the system's Python: publishes or watches, and says so."""

import json
import sys
import urllib.request
from typing import Any

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

ENOUGH = 30  # decoded pictures
PICTURE = "application/x-rtp,media=video,encoding-name={},payload=96,clock-rate=90000"
OPUS = (
    "application/x-rtp,media=audio,encoding-name=OPUS,payload=97,clock-rate=48000,"
    "encoding-params=(string)2"
)
SENDS = f"""
webrtcbin name=bin
videotestsrc is-live=true pattern=smpte ! video/x-raw,width=320,height=240,framerate=15/1
  ! {{vp}}enc deadline=1 keyframe-max-dist=30 ! rtp{{vp}}pay picture-id-mode=15-bit
  ! {{picture}} ! bin.
audiotestsrc is-live=true wave=sine volume=0.5 ! audioconvert ! audioresample
  ! opusenc ! rtpopuspay ! {OPUS} ! bin.
"""


def say(**what: object) -> None:
    print(json.dumps(what), flush=True)


class Client:
    def __init__(self, way: str, door: str, ticket: str, picture: str, codec: str = "VP8") -> None:
        self.door, self.ticket, self.picture = door, ticket, picture
        self.frames, self.sounds = 0, 0
        watches, self.vp, caps = way == "watch", codec.lower(), PICTURE.format(codec)
        sends = SENDS.format(vp=self.vp, picture=caps)
        self.pipeline = Gst.parse_launch("identity webrtcbin name=bin" if watches else sends)
        self.bin = self.pipeline.get_by_name("bin")
        self.bin.set_property("bundle-policy", GstWebRTC.WebRTCBundlePolicy.MAX_BUNDLE)
        self.bin.connect("pad-added", self.arrived)
        self.bin.connect("notify::connection-state", self.turned)
        self.bin.connect("on-negotiation-needed", self.offer)
        if watches:
            for kind in (OPUS, caps):
                way_in = GstWebRTC.WebRTCRTPTransceiverDirection.RECVONLY
                self.bin.emit("add-transceiver", way_in, Gst.Caps.from_string(kind))
        self.pipeline.set_state(Gst.State.PLAYING)

    def offer(self, _: object) -> None:
        self.bin.emit("create-offer", None, Gst.Promise.new_with_change_func(self.offered))

    def offered(self, promise: Any) -> None:
        promise.wait()
        reply = promise.get_reply()  # the offer is its own: it must be kept
        offer = reply.get_value("offer")
        self.bin.emit("set-local-description", offer, Gst.Promise.new())
        headers = {"Authorization": f"Bearer {self.ticket}", "Content-Type": "application/sdp"}
        body = offer.sdp.as_text().encode()
        with urllib.request.urlopen(urllib.request.Request(self.door, body, headers)) as answer:
            said = answer.read()
        _, sdp = GstSdp.SDPMessage.new()
        GstSdp.sdp_message_parse_buffer(said, sdp)
        kind = GstWebRTC.WebRTCSDPType.ANSWER
        answer = GstWebRTC.WebRTCSessionDescription.new(kind, sdp)
        self.bin.emit("set-remote-description", answer, None)

    def turned(self, *_: object) -> None:
        say(state=self.bin.get_property("connection-state").value_nick)

    def arrived(self, _: object, pad: Any) -> None:
        if pad.direction != Gst.PadDirection.SRC:
            return
        sound = "OPUS" in pad.get_current_caps().to_string().upper()
        text = (
            "rtpopusdepay ! opusdec ! audioconvert ! appsink name=end emit-signals=true sync=false"
            if sound
            else f"rtp{self.vp}depay ! {self.vp}dec ! videoconvert ! pngenc"
            " ! appsink name=end emit-signals=true sync=false"
        )
        branch = Gst.parse_bin_from_description(text, True)
        branch.get_by_name("end").connect("new-sample", self.heard if sound else self.saw)
        self.pipeline.add(branch)
        branch.sync_state_with_parent()
        pad.link(branch.get_static_pad("sink"))

    def heard(self, end: Any) -> Any:
        end.emit("pull-sample")
        self.sounds += 1
        return Gst.FlowReturn.OK

    def saw(self, end: Any) -> Any:
        sample = end.emit("pull-sample")
        self.frames += 1
        if self.frames == ENOUGH:
            buffer = sample.get_buffer()
            with open(self.picture, "wb") as file:
                file.write(buffer.extract_dup(0, buffer.get_size()))
            say(frames=self.frames, sounds=self.sounds)
        return Gst.FlowReturn.OK


Gst.init(None)
client = Client(*sys.argv[1:6])
GLib.MainLoop().run()
