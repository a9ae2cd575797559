// Before the bell, in the classroom: the door check, the warm-up and what is to be read; one at a time.
import "../../../core/late";
import "../../../i18n/before";
import { type Signal, useSignal } from "@preact/signals";
import { type Grade, gradeOf } from "../../../channels/doorcheck";
import { hasRead } from "../../../channels/reading";
import { countsOf } from "../../../channels/warmup";
import { t } from "../../../i18n";
import { Icon, type IconName } from "../../../style/Icon";
import { ReadyWall } from "../../live/ReadyWall";
import type { Live } from "../../live/live";
import { ourRooms } from "../../live/pupils";
import { useLate } from "../../live/useLate";
import { WarmupResult } from "../../live/WarmupResult";
import { DoorCheck } from "./DoorCheck";
import { useLevel } from "./measure";
import { ReadingTasks } from "./ReadingTasks";
import { WarmupTally } from "./WarmupTally";
import "./before.css";

type Part = "check" | "warmup" | "reading" | "ready";

export function Before({ live }: { live: Live }) {
  return useLate(live) ? <Stage live={live} /> : null;
}

function Stage({ live }: { live: Live }) {
  const { stage } = live.store.signals.conduct.value;
  if (stage === "preclass") return <Parts live={live} />;
  return stage === "inclass" ? <WarmupResult live={live} /> : null;
}

function Parts({ live }: { live: Live }) {
  const level = useLevel(live);
  const open = useSignal<Part | null>(null);
  const room = ourRooms(live)[0]?.id;
  const role = live.store.you.value?.role;
  const watches = live.way === "watch" && role !== "co-teacher";
  return (
    <>
      <nav class="before-bar" aria-label={t("before")}>
        {live.way === "room" && <Check live={live} open={open} />}
        {room && <Todo live={live} open={open} room={room} />}
        {live.way === "watch" && role !== "guest" && <Opener part="ready" icon="eye" open={open} words={t("ready")} />}
      </nav>
      {open.value && (
        <section class={watches ? "before-panel wide card" : "before-panel card"}>
          <button
            class="button quiet only-icon close"
            type="button"
            aria-label={t("common.close")}
            onClick={() => (open.value = null)}
          >
            <Icon name="x" />
          </button>
          {open.value === "check" && <DoorCheck live={live} level={level} />}
          {open.value === "warmup" && room && <WarmupTally live={live} room={room} />}
          {open.value === "reading" && room && <ReadingTasks live={live} room={room} />}
          {open.value === "ready" && <ReadyWall live={live} />}
        </section>
      )}
    </>
  );
}

interface Opening {
  part: Part;
  icon: IconName;
  open: Signal<Part | null>;
  words: string;
  /** There is something to do here. */
  due?: boolean;
}

function Opener({ part, icon, open, words, due }: Opening) {
  return (
    <button
      class={due ? "button main big" : "button big"}
      type="button"
      aria-expanded={open.value === part}
      onClick={() => (open.value = open.value === part ? null : part)}
    >
      <Icon name={icon} size={28} />
      {words}
    </button>
  );
}

function Check({ live, open }: { live: Live; open: Signal<Part | null> }) {
  const you = live.store.you.value?.id ?? "";
  const checked = live.store.signals.doorcheck.value.checks.get(you);
  const grade = checked && gradeOf(checked.grades as Grade[]);
  const words = grade ? t("check.done", { grade }) : t("check");
  return <Opener part="check" icon={grade ? "check" : "shield"} open={open} words={words} due={!grade} />;
}

/** What the teacher has set, and how much of it is left. */
function Todo({ live, open, room }: { live: Live; open: Signal<Part | null>; room: string }) {
  const warmup = live.store.signals.warmup.value;
  const reading = live.store.signals.reading.value;
  const told = countsOf(warmup, room);
  const left = [...warmup.questions.keys()].filter((one) => !told.has(one)).length;
  const unread = [...reading.tasks.keys()].filter((task) => !hasRead(reading, room, task)).length;
  return (
    <>
      {warmup.questions.size > 0 && (
        <Opener part="warmup" icon="list" open={open} words={t(left ? "warmup.left" : "warmup.done", { n: left })} due={left > 0} />
      )}
      {reading.tasks.size > 0 && (
        <Opener part="reading" icon="book" open={open} words={t(unread ? "reading.left" : "reading.done", { n: unread })} due={unread > 0} />
      )}
    </>
  );
}
