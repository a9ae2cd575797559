// The buttons below the board: play, time, silence, speed, sound, full screen.
import { useComputed } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon, Strokes } from "../../style/Icon";
import { span } from "../home/when";
import { SeekBar } from "./SeekBar";
import { toggleFullscreen } from "./keys";
import { type Player, RATES } from "./player";
import type { Searching } from "./searching";

/** Lucide's skip-forward: see Icon.tsx. */
const OVER =
  "M21 4v16M6.029 4.285A2 2 0 0 0 3 6v12a2 2 0 0 0 3.029 1.715l9.997-5.998a2 2 0 0 0 .003-3.432z";
const WAITS = { voice: "replay.filling", lesson: "replay.at-live" } as const;

export function Transport({ player, search }: { player: Player; search: Searching }) {
  const playing = player.playing.value;
  return (
    <footer class="transport">
      <SeekBar player={player} search={search} />
      <div class="row wrap">
        <button
          class="button main play"
          type="button"
          aria-label={t(playing ? "replay.pause" : "replay.play")}
          onClick={() => player.toggle()}
        >
          <Icon name={playing ? "pause" : "play"} size={28} />
          <span class="wide-only">{t(playing ? "replay.pause" : "replay.play")}</span>
        </button>
        <Time player={player} />
        {player.live.value && (
          <button class="button" type="button" onClick={() => player.toLive()}>
            <Icon name="record" size={20} />
            {t("replay.to-live")}
          </button>
        )}
        <span class="grow small quiet-text" role="status">
          {player.waits.value && t(WAITS[player.waits.value])}
        </span>
        <Hurry player={player} />
        <Rates player={player} />
        <Volume player={player} />
        <Fullscreen />
      </div>
    </footer>
  );
}

function Time({ player }: { player: Player }) {
  const whole = useComputed(() => Math.floor(player.at.value - player.startsAt.value));
  return (
    <span class="time digits">
      <strong>{span(whole.value)}</strong>
      <span class="quiet-text"> / {span(player.endsAt.value - player.startsAt.value)}</span>
    </span>
  );
}

/** Passes over silence in which nothing is written, and says how much of it that was. */
function Hurry({ player }: { player: Player }) {
  const saved = Math.round(player.saved.value);
  return (
    <button
      class="button hurry"
      type="button"
      aria-pressed={player.hurried.value}
      title={t("replay.hurry.what")}
      onClick={() => (player.hurried.value = !player.hurried.value)}
    >
      <Strokes path={OVER} size={20} />
      {t("replay.hurry")}
      {player.hurried.value && saved > 0 && <span class="digits small">−{span(saved)}</span>}
    </button>
  );
}

function Rates({ player }: { player: Player }) {
  return (
    <div class="rates" role="group" aria-label={t("replay.rate")}>
      {RATES.map((rate) => (
        <button
          key={rate}
          class="button digits"
          type="button"
          aria-pressed={player.rate.value === rate}
          onClick={() => player.setRate(rate)}
        >
          {rate}×
        </button>
      ))}
    </div>
  );
}

function Volume({ player }: { player: Player }) {
  const volume = player.volume.value;
  return (
    <label class="volume">
      <Icon name={volume ? "volume" : "volume-off"} />
      <span class="said-only">{t("replay.volume")}</span>
      <span class="slider" style={{ "--done": `${100 * volume}%` }}>
        <input
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={volume}
          onInput={(event) => player.setVolume(Number(event.currentTarget.value))}
        />
      </span>
    </label>
  );
}

function Fullscreen() {
  const [full, setFull] = useState(false);
  useEffect(() => {
    const changed = () => setFull(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", changed);
    return () => document.removeEventListener("fullscreenchange", changed);
  }, []);
  if (!document.fullscreenEnabled) return null;
  const words = t(full ? "replay.window" : "replay.fullscreen");
  return (
    <button
      class="button only-icon fullscreen"
      type="button"
      title={words}
      onClick={toggleFullscreen}
    >
      <Icon name={full ? "window" : "fullscreen"} />
      <span class="said-only">{words}</span>
    </button>
  );
}
