// node-datachannel (libdatachannel) at a door: it has no codecs, so it sends RTP that came on a
// UDP port, or counts the RTP it gets and looks for key frames.
import dgram from "node:dgram";
import nodeDataChannel from "node-datachannel";
import { knock, say } from "./knock.js";

const [way, door, ticket] = process.argv.slice(2);
const SSRC = 1234567;
const pc = new nodeDataChannel.PeerConnection("guest", { iceServers: [] });
pc.onStateChange((state) => say({ state }));
const publishes = way === "publish";

const video = new nodeDataChannel.Video("video", publishes ? "SendOnly" : "RecvOnly");
video.addVP8Codec(96);
if (publishes) video.addSSRC(SSRC, "guest", "stream", "camera");
const track = pc.addTrack(video);
const audio = new nodeDataChannel.Audio("audio", publishes ? "SendOnly" : "RecvOnly");
audio.addOpusCodec(111);
if (publishes) audio.addSSRC(SSRC + 1, "guest", "stream", "voice");
const voice = pc.addTrack(audio);
globalThis.kept = [pc, track, voice]; // what nobody holds is collected, and its callbacks with it

if (publishes) {
  const source = dgram.createSocket("udp4");
  source.on("message", (packet) => {
    if (!track.isOpen()) return;
    packet.writeUInt32BE(SSRC, 8);
    packet[1] = (packet[1] & 0x80) | 96;
    track.sendMessageBinary(packet);
  });
  source.bind(0, "127.0.0.1", () => say({ port: source.address().port }));
} else {
  let [packets, keys, sounds] = [0, 0, 0];
  track.setMediaHandler(new nodeDataChannel.RtcpReceivingSession());
  voice.setMediaHandler(new nodeDataChannel.RtcpReceivingSession());
  voice.onMessage(() => sounds++);
  track.onMessage((packet) => {
    packets++;
    keys += isKey(packet);
    if (packets % 50 === 0) say({ packets, keys, sounds });
  });
  setInterval(() => track.isOpen() && track.requestKeyframe(), 1000);
}

/** The first packet of a VP8 key frame (RFC 7741 §4.2, §4.3). */
function isKey(packet) {
  let at = 12 + 4 * (packet[0] & 15);
  if (packet[0] & 0x10) at += 4 + 4 * packet.readUInt16BE(at + 2);
  const [first, extended] = [packet[at], packet[at] & 0x80];
  const flags = extended ? packet[++at] : 0;
  if (flags & 0x80) at += packet[at + 1] & 0x80 ? 2 : 1;
  if (flags & 0x40) at++;
  if (flags & 0x30) at++;
  return first & 0x10 && !(first & 7) && !(packet[at + 1] & 1) ? 1 : 0;
}

pc.onLocalDescription(() => {});
pc.onGatheringStateChange(async (state) => {
  if (state !== "complete") return;
  const { sdp } = await knock(door, ticket, pc.localDescription().sdp);
  pc.setRemoteDescription(sdp, "answer");
});
pc.setLocalDescription();
