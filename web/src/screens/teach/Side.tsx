// The column at the right: raised hands, the wall of classrooms, and drawers that open over it.
import { type Signal, useSignal } from "@preact/signals";
import { those } from "../../channels/conduct";
import { type Key, t } from "../../i18n";
import { Icon, type IconName } from "../../style/Icon";
import { usePanel } from "../../style/usePanel";
import { Chat } from "../live/Chat";
import type { Live } from "../live/live";
import { Again } from "./Again";
import { BeforeDrawer } from "./before/BeforeDrawer";
import { AidesDrawer, Calls } from "./AidesDrawer";
import { CoursewareDrawer } from "./courseware/Drawer";
import { Back, GroupsDrawer } from "./GroupsDrawer";
import { fairly } from "./fair";
import { Pick } from "./Pick";
import { QuizDrawer } from "./QuizDrawer";
import { RoomCard } from "./RoomCard";
import { TimerDrawer } from "./TimerDrawer";
import { Writing } from "./Writing";

type Drawer = "before" | "writing" | "courseware" | "quiz" | "groups" | "chat" | "aides" | "timer";

const DRAWERS: [Drawer, IconName, Key][] = [
  ["before", "bell", "before"],
  ["writing", "pen", "teach.writing"],
  ["courseware", "lines", "courseware.title"],
  ["quiz", "list", "quiz"],
  ["groups", "users", "groups"],
  ["chat", "message", "teach.chat"],
  ["aides", "users", "aside"],
  ["timer", "timer", "teach.timer"],
];

export function Side({ live, wall }: { live: Live; wall: Signal<boolean> }) {
  const open = useSignal<Drawer | null>(null);
  const close = () => (open.value = null);
  const read = useSignal(0);
  const { messages } = live.store.signals.chat.value;
  const heard = useSignal(0);
  const { words } = live.store.signals.aside.value;
  if (open.value === "aides") heard.value = words.length;
  if (open.value === "chat") read.value = messages.length;
  const unread = messages.length - read.value;
  return (
    <aside class="side">
      {open.value === null ? <Wall live={live} /> : <Opened key={open.value} live={live} drawer={open.value} wall={wall} close={close} />}
      <div class="drawers" role="group">
        {DRAWERS.map(([drawer, icon, word]) => (
          <button
            key={drawer}
            class="button"
            type="button"
            aria-expanded={open.value === drawer}
            aria-pressed={open.value === drawer}
            onClick={() => (open.value = open.value === drawer ? null : drawer)}
          >
            <Icon name={open.value === drawer ? "x" : icon} size={20} />
            {t(word)}
            {drawer === "aides" && words.length > heard.value && <b class="count">{words.length - heard.value}</b>}
            {drawer === "chat" && unread > 0 && <b class="count">{unread}</b>}
          </button>
        ))}
      </div>
    </aside>
  );
}

interface OpenedProps {
  live: Live;
  drawer: Drawer;
  wall: Signal<boolean>;
  close: () => void;
}

function Opened({ live, drawer, wall, close }: OpenedProps) {
  return (
    <div class="drawer" {...usePanel<HTMLDivElement>(close)}>
      {drawer === "before" && <BeforeDrawer live={live} wall={wall} />}
      {drawer === "writing" && <Writing live={live} />}
      {drawer === "courseware" && <CoursewareDrawer live={live} />}
      {drawer === "quiz" && <QuizDrawer live={live} />}
      {drawer === "groups" && <GroupsDrawer live={live} />}
      {drawer === "chat" && <Chat live={live} />}
      {drawer === "aides" && <AidesDrawer live={live} />}
      {drawer === "timer" && <TimerDrawer live={live} />}
    </div>
  );
}

function Wall({ live }: { live: Live }) {
  const conduct = live.store.signals.conduct.value;
  const rooms = those(conduct, "classroom");
  return (
    <div class="wall">
      <Calls live={live} />
      <Back live={live} />
      <HandQueue live={live} />
      <h2>
        {t("teach.wall")} <span class="quiet-text">{rooms.length}</span>
        {rooms.length > 1 && <span class="small quiet-text">{t("pick.silent")}</span>}
      </h2>
      {rooms.length > 0 && <Pick live={live} />}
      {rooms.length > 0 && <Again live={live} />}
      {!rooms.length && <p class="quiet-text">{t("teach.no-rooms")}</p>}
      <ul>
        {fairly(live, rooms).map((room) => (
          <RoomCard key={room.id} live={live} who={room} />
        ))}
      </ul>
    </div>
  );
}

function HandQueue({ live }: { live: Live }) {
  const { raised } = live.store.signals.hands.value;
  const { connection } = live;
  return (
    <section class={raised.size ? "queue up" : "queue"} aria-live="polite">
      <h2>
        <Icon name="hand" size={20} /> {t("teach.hands")} <b>{raised.size || ""}</b>
      </h2>
      {!raised.size && <p class="quiet-text small">{t("teach.hands.none")}</p>}
      <ol>
        {[...raised.keys()].map((who, i) => (
          <li class="row" key={who}>
            <b class="digits">{i + 1}</b>
            <span class="grow name">{live.nameOf(who)}</span>
            <button
              class="button quiet only-icon"
              type="button"
              aria-label={`${t("teach.hands.lower")} ${live.nameOf(who)}`}
              onClick={() => connection.ask({ t: "hand.lower", who })}
            >
              <Icon name="x" size={20} />
            </button>
            <button
              class="button main"
              type="button"
              onClick={() => connection.ask({ t: "stage.invite", who })}
            >
              {t("teach.invite")}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
