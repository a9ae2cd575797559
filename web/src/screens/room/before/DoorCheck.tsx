// The door check of a room: one button, five things looked at, and a grade the last row can read.
import { useSignal } from "@preact/signals";
import { useState } from "preact/hooks";
import { type Grade, gradeOf } from "../../../channels/doorcheck";
import { t, tOr } from "../../../i18n";
import { Icon } from "../../../style/Icon";
import type { Finding } from "../../../wire.gen";
import { codeOf } from "../../home/api";
import type { Live } from "../../live/live";
import { PARTS, wordsFor } from "../../live/grades";
import { type Level, measureLine, playTone, tell, wayOf } from "./measure";

const SPEAK_MS = 4000;
type Step = "speak" | "tone" | "line" | null;

export function DoorCheck({ live, level }: { live: Live; level: Level }) {
  const step = useSignal<Step>(null);
  const failed = useSignal("");
  const [loudest] = useState({ level: -1 });
  const you = live.store.you.value?.id ?? "";
  const checked = live.store.signals.doorcheck.value.checks.get(you);

  async function begin() {
    failed.value = "";
    step.value = "speak";
    await live.camera.start();
    await live.mic.start();
    loudest.level = -1;
    const stop = level.now.subscribe((now) => (loudest.level = Math.max(loudest.level, now)));
    await new Promise((resolve) => setTimeout(resolve, live.mic.track.value ? SPEAK_MS : 0));
    stop();
    step.value = "tone";
    void playTone();
  }

  async function finish(heard: boolean) {
    step.value = "line";
    try {
      const [way, line] = [await wayOf(live), await measureLine(live)];
      const camera = live.camera.track.value !== null;
      const found: Finding = { camera, level: loudest.level, heard, way, ...line };
      await tell(live, found);
    } catch (error) {
      failed.value = tOr(`check.error.${codeOf(error)}`, "check.error.offline");
    }
    step.value = null;
  }

  return (
    <section class="door-check" aria-label={t("check")}>
      {step.value === "speak" && <Speak live={live} level={level} />}
      {step.value === "tone" && <Heard again={() => void playTone()} said={(heard) => void finish(heard)} />}
      {step.value === "line" && (
        <p class="check-now" role="status">
          <Icon name="wifi" size={48} />
          {t("check.measuring")}
        </p>
      )}
      {step.value === null && (
        <>
          {failed.value && (
            <p class="band danger" role="alert">
              <Icon name="alert" />
              {failed.value}
            </p>
          )}
          {checked && <Result finding={checked.finding} grades={checked.grades as Grade[]} />}
          {!checked && !failed.value && <p class="check-why">{t("check.why")}</p>}
          <button class={checked ? "button big" : "button main big"} type="button" onClick={() => void begin()}>
            <Icon name={checked ? "refresh" : "play"} size={32} />
            {t(checked ? "check.again" : "check.begin")}
          </button>
        </>
      )}
    </section>
  );
}

function Speak({ live, level }: { live: Live; level: Level }) {
  const picture = live.camera.track.value;
  return (
    <div class="check-now" role="status">
      <strong>{t("check.speak")}</strong>
      <meter class="check-level" min={0} max={100} low={8} value={Math.max(0, level.now.value)} aria-label={t("check.part.microphone")} />
      {picture && (
        <video
          class="check-picture"
          autoPlay
          muted
          playsInline
          ref={(video) => {
            if (video && !video.srcObject) video.srcObject = new MediaStream([picture]);
          }}
        />
      )}
      {live.camera.trouble.value && <p class="bad">{t("check.no-camera")}</p>}
      {live.mic.trouble.value && <p class="bad">{t("check.no-microphone")}</p>}
    </div>
  );
}

function Heard({ again, said }: { again: () => void; said: (heard: boolean) => void }) {
  return (
    <div class="check-now">
      <strong>{t("check.tone")}</strong>
      <div class="row wrap">
        <button class="button main big" type="button" onClick={() => said(true)}>
          <Icon name="check" size={32} />
          {t("check.heard")}
        </button>
        <button class="button big" type="button" onClick={() => said(false)}>
          <Icon name="volume-off" size={32} />
          {t("check.unheard")}
        </button>
        <button class="button quiet" type="button" onClick={again}>
          {t("check.tone.again")}
        </button>
      </div>
    </div>
  );
}

function Result({ finding, grades }: { finding: Finding; grades: Grade[] }) {
  const grade = gradeOf(grades);
  return (
    <div class="check-result" role="status">
      <b class={`grade grade-${grade}`} aria-label={t("check.grade", { grade })}>
        {grade}
      </b>
      <div>
        <strong>{t(`check.is.${grade}`)}</strong>
        <ul>
          {PARTS.map(([part, icon], i) => (
            <li key={part} class={grades[i] === "A" || grades[i] === "B" ? "" : "bad"}>
              <Icon name={icon} size={28} />
              <span>{t(`check.part.${part}`)}</span>
              <span class="grow">{wordsFor(part, finding, grades[i])}</span>
              <b>{grades[i]}</b>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
