// How loud our own microphone is, measured here: a teacher sees at once that it is not muted.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n";
import type { Live } from "../live/live";

const BARS = 5;
const EVERY_MS = 100;
const QUIETEST = -60; // dB below full scale that still lights nothing

export function Meter({ live }: { live: Live }) {
  const level = useSignal(0);
  const track = live.mic.track.value;
  useEffect(() => (track ? measure(track, (lit) => (level.value = lit)) : undefined), [track]);
  const words = track ? t("teach.level") : t("live.mic.off");
  return (
    <span class={track ? "meter" : "meter quiet-text"}>
      {words}
      {track && (
        <span class="bars" role="meter" aria-label={words} aria-valuenow={level.value} aria-valuemax={BARS}>
          {Array.from({ length: BARS }, (_, i) => (
            <i key={i} class={i < level.value ? "lit" : ""} style={{ height: `${8 + i * 3}px` }} />
          ))}
        </span>
      )}
    </span>
  );
}

function measure(track: MediaStreamTrack, show: (lit: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    if (context.state === "suspended") void context.resume(); // until a person has touched the page
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    const loud = 10 * Math.log10(power + 1e-9);
    show(Math.max(0, Math.min(BARS, Math.ceil((1 - loud / QUIETEST) * BARS))));
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    void context.close();
    show(0);
  };
}
