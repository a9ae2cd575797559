// Publishes by WHIP and watches by WHEP, with a browser's own means or with Eyevinn's clients.
// With a browser's own, ICE begins anew half way.
import { knock } from "./knock.js";
import { restart } from "./restart.js";

const ask = Object.fromEntries(new URLSearchParams(location.search));
const connections = [];
const sessions = new Map();
const Native = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Native {
  constructor(...setup) {
    super(...setup);
    connections.push(this);
  }
};
const say = (what) => fetch("/said", { method: "POST", body: JSON.stringify(what) });

async function post(pc, door, ticket) {
  await pc.setLocalDescription(await pc.createOffer());
  const session = await knock(door, ticket, pc.localDescription.sdp);
  await pc.setRemoteDescription({ type: "answer", sdp: session.sdp });
  sessions.set(pc, session);
}

const own = {
  async publish(stream) {
    const pc = new RTCPeerConnection();
    pc.addTransceiver(stream.getAudioTracks()[0], { direction: "sendonly", streams: [stream] });
    const sizes = ["q", "h", "f"].map((rid, n) => ({ rid, scaleResolutionDownBy: 4 >> n }));
    const camera = { direction: "sendonly", streams: [stream], sendEncodings: sizes };
    pc.addTransceiver(stream.getVideoTracks()[0], camera);
    await post(pc, ask.whip, ask.publishes);
  },
  async watch(video) {
    const pc = new RTCPeerConnection();
    for (const kind of ["audio", "video"]) pc.addTransceiver(kind, { direction: "recvonly" });
    pc.addEventListener("track", ({ streams }) => (video.srcObject = streams[0]));
    await post(pc, ask.whep, ask.watches);
  },
};

const eyevinn = {
  async publish(stream) {
    const options = { authkey: ask.publishes, timeout: 2000 };
    const client = new window.eyevinn.WHIPClient({ endpoint: ask.whip, opts: options });
    await client.ingest(stream);
  },
  async watch(video) {
    const player = new window.eyevinn.WebRTCPlayer({ video, type: "whep" });
    await player.load(new URL(ask.whep), `Bearer ${ask.watches}`);
  },
};

async function look() {
  const seen = { sent: {}, frames: 0, energy: 0, packets: 0, ciphers: [] };
  for (const pc of connections)
    for (const one of (await pc.getStats()).values()) {
      if (one.type === "outbound-rtp" && one.kind === "video")
        seen.sent[one.rid ?? ""] = one.framesSent ?? one.framesEncoded ?? 0;
      if (one.type === "inbound-rtp" && one.kind === "video") seen.frames = one.framesDecoded;
      if (one.type === "inbound-rtp" && one.kind === "audio") {
        seen.energy = one.totalAudioEnergy ?? 0;
        seen.packets = one.packetsReceived;
      }
      if (one.type === "transport" && one.srtpCipher) seen.ciphers.push(one.srtpCipher);
    }
  return seen;
}

/** Waits until more has been sent and shown than was before. */
async function goesOn(video, before = { frames: 0, packets: 0, sent: {} }) {
  for (;;) {
    await new Promise((done) => setTimeout(done, 500));
    const seen = await look();
    const shown = seen.frames > before.frames + 20 && seen.packets > before.packets + 50;
    const sizes = Object.entries(seen.sent);
    const all = sizes.every(([rid, frames]) => frames > (before.sent[rid] ?? 0));
    if (shown && video.videoWidth && (all || ask.client === "eyevinn")) return seen;
    await say({ waiting: seen });
  }
}

function picture(video) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  canvas.getContext("2d").drawImage(video, 0, 0);
  return canvas.toDataURL("image/png").split(",")[1];
}

try {
  const client = ask.client === "eyevinn" ? eyevinn : own;
  const camera = { width: 1280, height: 720, frameRate: 15 };
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: camera });
  document.querySelector("#own").srcObject = stream;
  await client.publish(stream);
  const video = document.querySelector("#seen");
  await client.watch(video);
  const first = await goesOn(video);
  for (const [pc, session] of sessions) await restart(pc, session);
  const seen = await goesOn(video, first);
  await say({ done: true, ...seen, restarts: sessions.size, png: picture(video) });
} catch (error) {
  await say({ failed: String(error), stack: error.stack });
}
