// The classroom's screen: a big board, the teacher, the stage, and one button.
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Hand } from "../../board/hand";
import type { Painter } from "../../board/painter";
import { Sheet } from "../../board/Sheet";
import { teacherIsHere } from "../../channels/conduct";
import { painted } from "../../core/painted";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { Entrance } from "../live/Entrance";
import { Line } from "../live/Line";
import type { Live } from "../live/live";
import { Refusals } from "../live/Refusals";
import { Sound } from "../live/Sound";
import { Troubles } from "../live/Toggle";
import { Browse } from "./Browse";
import { enlarged, Faces, someoneToSee } from "./Faces";
import { Foot } from "./Foot";
import { Head } from "./Head";
import { fetched, useLater } from "./later";
import { isOnStage, place, writing } from "./ours";
import { Missed } from "./missed";
import "../live/tools/tools.css";
import "./room.css";

export default function Room({ id = "" }: { id?: string }) {
  const way = location.pathname.startsWith("/watch/") ? "watch" : "room";
  return <Entrance lesson={id} way={way} Screen={Classroom} />;
}

function Classroom({ live }: { live: Live }) {
  const hand = useSignal<Hand | null>(null);
  const kit = useSignal<Kit | null>(null);
  const onStage = isOnStage(live);
  const writes = writing(live);
  const faces = someoneToSee(live);
  const Tools = kit.value?.Tools;
  async function hold(painter: Painter): Promise<Hand> {
    await painted();
    kit.value = await fetched(() => import("./writing"));
    return new kit.value.Hand(painter, live.connection);
  }
  return (
    <div class={`room ${faces ? "" : "no-faces"} ${faces && enlarged(live) ? "enlarged" : ""} ${onStage ? "on-stage" : ""}`}>
      <Head live={live} />
      <main class={writes ? "room-board writes" : "room-board"} aria-label={t("live.board")}>
        {writes && Tools && hand.value && <Tools live={live} hand={hand.value} />}
        {place(live).kind === "layer" && <OnLayer />}
        <Sheet
          store={live.store}
          connection={live.connection}
          hold={hold}
          onReady={(painter, its) => {
            live.painter = painter;
            live.pasted?.close();
            live.pasted = its && kit.value && new kit.value.Pasted(live, its, painter.sheet);
            hand.value = its;
          }}
          onLook={(lens) => {
            live.lens.value = lens;
          }}
        />
        {live.lens.value && <Browse live={live} lens={live.lens.value} />}
        <Waiting live={live} />
        <Line live={live} />
        {live.way === "room" && <CatchUp live={live} />}
        <Early live={live} />
        <Troubles
          devices={[
            [live.mic, "live.mic"],
            [live.camera, "live.camera"],
          ]}
        />
      </main>
      {faces && <Faces live={live} />}
      <Foot live={live} />
      <Sound live={live} />
      <Refusals live={live} />
    </div>
  );
}

const QUIET_MS = 15_000;

type Kit = typeof import("./writing");

/** What comes before class, and its result at the bell: fetched by who is there by then. */
function Early({ live }: { live: Live }) {
  const wanted = live.store.signals.conduct.value.stage === "preclass";
  const Before = useLater(wanted, () => import("./before/Before"))?.Before;
  return Before ? <Before live={live} /> : null;
}

/**
 * Where something was missed it may be watched.  What that takes is fetched while the line is good:
 * on a thin one that has just come back it took 42 s (measured).
 */
function CatchUp({ live }: { live: Live }) {
  const [missed] = useState(() => new Missed(live));
  const quiet = useQuiet(live.connection.lostAt.value === null);
  const wanted = quiet || missed.gap.value !== null || live.store.signals.again.value.ends_at !== null;
  useEffect(() => () => missed.close(), [missed]);
  const Behind = useLater(wanted, () => import("./behind/Behind"))?.Behind;
  return Behind ? <Behind live={live} missed={missed} /> : null;
}

/** Whether the line has held for a while: what the lesson needs at once is here by now. */
function useQuiet(holds: boolean): boolean {
  const [quiet, setQuiet] = useState(false);
  useEffect(() => {
    if (!holds || quiet) return;
    const timer = setTimeout(() => setQuiet(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, [holds]);
  return quiet;
}

/** What keeps the lesson from going on, said calmly over the board. */
function Waiting({ live }: { live: Live }) {
  const conduct = live.store.signals.conduct.value;
  if (conduct.stage === "postclass") {
    return <Notice icon="check" words={t("live.ended.room")} />;
  }
  const here = teacherIsHere(conduct);
  if (conduct.stage === "inclass") {
    return here ? null : <Notice icon="wifi-off" words={t("room.teacher-away")} />;
  }
  return (
    <Notice icon="bell" words={t(here ? "room.waiting" : "room.waiting.teacher")}>
      <Ready live={live} />
    </Notice>
  );
}

/** How much of the courseware is here already: read from the last row, and by whoever set it up. */
function Ready({ live }: { live: Live }) {
  const { here, all } = live.courier.progress.value;
  if (!all) return null;
  return (
    <span class="ready-pages">
      {here >= all && <Icon name="check" size={40} />}
      {t(here < all ? "room.pages.coming" : "room.pages.ready")}{" "}
      <span class="digits">
        {here}/{all}
      </span>
    </span>
  );
}

/** Whose eyes see what is written now. */
function OnLayer() {
  return (
    <p class="on-layer badge" role="status">
      <Icon name="layers" size={20} />
      {t("layers.room")}
    </p>
  );
}

interface NoticeProps {
  icon: "bell" | "check" | "wifi-off";
  words: string;
  children?: ComponentChildren;
}

function Notice({ icon, words, children }: NoticeProps) {
  return (
    <p class="notice band" role="status">
      <Icon name={icon} size={28} />
      {words}
      {children}
    </p>
  );
}
