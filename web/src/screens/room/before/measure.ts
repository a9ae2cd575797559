// What a door check measures: the line both ways, the way media take, a tone, and the microphone.
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Failed, refusal } from "../../home/api";
import type { Live } from "../../live/live";
import type { Finding } from "../../../wire.gen";

const SIZES = [8, 32, 128, 256].map((kilo) => kilo * 1024);
/** A transfer that took so long says enough: a thin line is not filled any further. */
const ENOUGH_MS = 700;
const LEVEL_MS = 100;
const TELL_MS = 500;
const TONE_HZ = 660;
const TONE_S = 1.5;
const JOINING_MS = 12_000; // a way through TURN is found by then, or not at all

export interface Line {
  down: number;
  up: number;
  rtt: number;
}

/** kbit/s both ways; throws Failed where the server is not reached. */
export async function measureLine(live: Live): Promise<Line> {
  const path = `/api/lessons/${live.lesson}/line`;
  const headers = { Authorization: `Bearer ${live.ticket}` };
  const rtt = await fastest(() => asked(`${path}?bytes=0`, { headers }));
  const down = await rate((size) => asked(`${path}?bytes=${size}`, { headers }), rtt);
  const typed = { ...headers, "Content-Type": "application/octet-stream" };
  const send = (size: number) => ({ method: "POST", headers: typed, body: new Uint8Array(size) });
  const up = await rate((size) => asked(path, send(size)), rtt);
  return { down, up, rtt: Math.round(rtt) };
}

async function asked(path: string, init: RequestInit): Promise<void> {
  const answer = await fetch(path, { ...init, cache: "no-store" }).catch(() => {
    throw new Failed("offline", "");
  });
  if (!answer.ok) throw await refusal(answer);
  await answer.arrayBuffer();
}

async function fastest(ask: () => Promise<void>): Promise<number> {
  const took = [await timed(ask), await timed(ask), await timed(ask)];
  return Math.min(...took);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** Larger and larger until it takes long enough to tell; a trip there and back is no part of it. */
async function rate(move: (size: number) => Promise<void>, rtt: number): Promise<number> {
  let kbits = 0;
  for (const size of SIZES) {
    const ms = await timed(() => move(size));
    kbits = Math.round((size * 8) / Math.max(1, ms - rtt));
    if (ms > ENOUGH_MS) break;
  }
  return kbits;
}

/** Tell the server what was found; it grades, keeps and tells the lesson.  Throws Failed. */
export async function tell(live: Live, found: Finding): Promise<void> {
  const headers = { Authorization: `Bearer ${live.ticket}`, "Content-Type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify(found) };
  await asked(`/api/lessons/${live.lesson}/doorcheck`, init);
}

/** How media get through, as the connection that is there says. */
export async function wayOf(live: Live): Promise<Finding["way"]> {
  const until = performance.now() + JOINING_MS;
  while (live.peer.state.value !== "on" && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, LEVEL_MS));
  }
  const stats = await live.peer.stats();
  if (!stats) return "none";
  const all = [...(stats as unknown as Map<string, Record<string, unknown>>).values()];
  const transport = all.find(({ type }) => type === "transport");
  const used = all.find(
    ({ type, id, nominated, state }) =>
      type === "candidate-pair" &&
      (transport?.selectedCandidatePairId ? id === transport.selectedCandidatePairId : nominated && state === "succeeded"),
  );
  const local = all.find(({ id }) => id === used?.localCandidateId);
  if (!local) return "none";
  if (local.candidateType !== "relay") return local.protocol === "tcp" ? "tcp" : "udp";
  return local.relayProtocol === "udp" ? "relay" : "tcp";
}

/** A tone that fills a room, soft at both ends. */
export function playTone(): Promise<void> {
  const sound = new AudioContext();
  const tone = sound.createOscillator();
  const gain = sound.createGain();
  const now = sound.currentTime;
  tone.frequency.value = TONE_HZ;
  gain.gain.setValueAtTime(0, now);
  gain.gain.linearRampToValueAtTime(0.5, now + 0.05);
  gain.gain.setValueAtTime(0.5, now + TONE_S - 0.1);
  gain.gain.linearRampToValueAtTime(0, now + TONE_S);
  tone.connect(gain).connect(sound.destination);
  tone.start(now);
  tone.stop(now + TONE_S);
  return new Promise((resolve) => {
    tone.onended = () => {
      void sound.close();
      resolve();
    };
  });
}

export interface Level {
  /** Percent of full scale now; -1 where there is no microphone. */
  now: ReadonlySignal<number>;
}

const now = signal(-1);

/** The microphone's level while it is on, told to the teacher's wall twice a second before the bell. */
export function useLevel(live: Live): Level {
  const track = live.mic.track.value;
  useEffect(() => {
    if (!track) return;
    const sound = new AudioContext();
    const listener = sound.createAnalyser();
    listener.fftSize = 2048;
    sound.createMediaStreamSource(new MediaStream([track])).connect(listener);
    const samples = new Float32Array(listener.fftSize);
    const look = setInterval(() => (now.value = loudness(listener, samples)), LEVEL_MS);
    const tell = setInterval(() => {
      if (live.store.states.conduct.stage !== "preclass") return;
      live.connection.show({ t: "check.level", level: Math.max(0, now.value) });
    }, TELL_MS);
    void sound.resume();
    return () => {
      clearInterval(look);
      clearInterval(tell);
      now.value = -1;
      void sound.close();
    };
  }, [track]);
  return { now: computed(() => now.value) };
}

/** Of a voice as people hear it: the root mean square, 46 dB of range as 0 to 100. */
function loudness(listener: AnalyserNode, samples: Float32Array<ArrayBuffer>): number {
  listener.getFloatTimeDomainData(samples);
  const power = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
  const decibels = 10 * Math.log10(power + 1e-9);
  return Math.max(0, Math.min(100, Math.round((decibels + 56) * (100 / 46))));
}
