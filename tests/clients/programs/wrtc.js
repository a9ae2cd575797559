// @roamhq/wrtc (libwebrtc in Node) at a door: publishes a tone and a picture, or watches; at a
// signal it begins ICE anew.
import wrtc from "@roamhq/wrtc";
import { knock, say } from "./knock.js";
import { restart } from "./restart.js";

const [way, door, ticket] = process.argv.slice(2);
const { RTCPeerConnection, MediaStream } = wrtc;
const { RTCAudioSink, RTCAudioSource, RTCVideoSink, RTCVideoSource } = wrtc.nonstandard;
const [WIDTH, HEIGHT, RATE] = [320, 240, 48000];
const pc = new RTCPeerConnection();
pc.addEventListener("connectionstatechange", () => say({ state: pc.connectionState }));

function publish() {
  const [sound, picture] = [new RTCAudioSource(), new RTCVideoSource()];
  const stream = new MediaStream();
  const tracks = [sound.createTrack(), picture.createTrack()];
  for (const track of tracks) pc.addTransceiver(track, { direction: "sendonly", streams: [stream] });
  let at = 0;
  setInterval(() => {
    const samples = new Int16Array(RATE / 100);
    for (let n = 0; n < samples.length; n++) samples[n] = 9000 * Math.sin((at++ * 440 * 6.283) / RATE);
    sound.onData({ samples, sampleRate: RATE, bitsPerSample: 16, channelCount: 1, numberOfFrames: 480 });
  }, 10);
  let shown = 0;
  setInterval(() => {
    const data = new Uint8ClampedArray(WIDTH * HEIGHT * 1.5).fill(128);
    for (let n = 0; n < WIDTH * HEIGHT; n++) data[n] = (n + 4 * shown) % 256;
    shown++;
    picture.onFrame({ width: WIDTH, height: HEIGHT, data });
  }, 66);
}

function watch() {
  let [frames, sounds, size] = [0, 0, 0];
  for (const kind of ["audio", "video"]) {
    const { track } = pc.addTransceiver(kind, { direction: "recvonly" }).receiver;
    const sink = kind === "audio" ? new RTCAudioSink(track) : new RTCVideoSink(track);
    sink.ondata = ({ samples }) => (sounds += samples.some((sample) => Math.abs(sample) > 500));
    sink.onframe = ({ frame }) => {
      size = frame.width;
      if (++frames % 30 === 0) say({ frames, sounds, size });
    };
  }
}

(way === "publish" ? publish : watch)();
await pc.setLocalDescription(await pc.createOffer());
const session = await knock(door, ticket, pc.localDescription.sdp);
await pc.setRemoteDescription({ type: "answer", sdp: session.sdp });
let restarts = 0;
process.on("SIGUSR2", async () => {
  await restart(pc, session);
  say({ restarts: ++restarts });
});
