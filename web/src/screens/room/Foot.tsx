// The line below the board: one big hand, or the stage itself; and what of ours is on.
import { type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { usePanel } from "../../style/usePanel";
import type { Live } from "../live/live";
import { Toggle } from "../live/Toggle";
import { someoneToSee, Us } from "./Faces";
import { useLater } from "./later";
import { isOnStage, writing } from "./ours";

export function Foot({ live }: { live: Live }) {
  const chatting = useSignal(false);
  const aiding = useSignal(false);
  const Chat = useLater(chatting.value, () => import("../live/Chat"))?.Chat;
  const { messages } = live.store.signals.chat.value;
  const over = live.store.signals.conduct.value.stage === "postclass";
  const latest = messages[messages.length - 1];
  return (
    <footer class={isOnStage(live) || writing(live) ? "room-foot busy" : "room-foot"}>
      {live.way === "watch" ? <Watching live={live} /> : <Act live={live} />}
      {!someoneToSee(live) && <Us live={live} />}
      <div class="room-buttons">
        {live.way === "room" && !over && <Devices live={live} />}
        <button
          class="button"
          type="button"
          aria-label={t("teach.chat")}
          aria-expanded={chatting.value}
          onClick={() => (chatting.value = !chatting.value)}
        >
          <Icon name="message" />
          <span class="word">{t("teach.chat")}</span>
        </button>
        {helps(live) && !over && <Aide open={aiding} />}
        <LookAbout live={live} />
        <FullScreen />
      </div>
      <Pupils live={live} open={aiding} />
      {chatting.value && Chat && (
        <Panel close={() => (chatting.value = false)}>
          <Chat live={live} />
        </Panel>
      )}
      {!chatting.value && latest?.text && <p class="said-only">{latest.text}</p>}
    </footer>
  );
}

function Panel({ close, children }: { close: () => void; children: ComponentChildren }) {
  return (
    <div class="room-chat card" {...usePanel<HTMLDivElement>(close)}>
      {children}
    </div>
  );
}

/** Whether somebody stands by the pupils here. */
function helps(live: Live): boolean {
  return live.way === "room" || live.store.you.value?.role === "co-teacher";
}

function Aide({ open }: { open: Signal<boolean> }) {
  return (
    <button
      class="button"
      type="button"
      aria-label={t("room.aide")}
      aria-expanded={open.value}
      onClick={() => (open.value = !open.value)}
    >
      <Icon name="users" />
      <span class="word">{t("room.aide")}</span>
    </button>
  );
}

/** What the pupils are asked, and the co-teacher's panel: fetched when there is something of it. */
function Pupils({ live, open }: { live: Live; open: Signal<boolean> }) {
  const { aside, groups, roll, quiz } = live.store.signals;
  const calls = aside.value.help.size + aside.value.paused.size > 0;
  const wanted = open.value || calls || groups.value.groups.length > 0 || roll.value.pick !== null || quiz.value.now !== null;
  const Klass = useLater(wanted, () => import("./klass/Klass"))?.Klass;
  const taping = live.way === "room" && live.store.signals.tracks.value.taping;
  const Taped = useLater(taping, () => import("./klass/Taped"))?.Taped;
  return (
    <>
      {Taped && <Taped live={live} />}
      {Klass && <Klass live={live} open={open} />}
    </>
  );
}

function Watching({ live }: { live: Live }) {
  const role = live.store.you.value?.role;
  return (
    <div class="row watching">
      <Icon name="eye" />
      {t(role === "co-teacher" ? "room.helping" : "room.watching")}
      {role !== "guest" && <Marks live={live} />}
    </div>
  );
}

/** A classroom marks nothing, so that it need not fetch this. */
function Marks({ live }: { live: Live }) {
  const Mark = useLater(true, () => import("../live/Mark"))?.Mark;
  return Mark ? <Mark live={live} up /> : null;
}

/** What this classroom may do now: never more than one big button. */
function Act({ live }: { live: Live }) {
  const { stage } = live.store.signals.conduct.value;
  if (stage === "postclass") return <span />;
  if (isOnStage(live)) return <OnStage live={live} />;
  if (askingForDevices(live)) return <ShowUs live={live} />;
  return <HandButton live={live} />;
}

function askingForDevices(live: Live): boolean {
  const { camera, mic } = live;
  if (live.store.signals.conduct.value.stage !== "preclass" || live.declined.value) return false;
  return !camera.track.value && !mic.track.value && !camera.trouble.value && !mic.trouble.value;
}

function ShowUs({ live }: { live: Live }) {
  async function open() {
    await live.camera.start();
    await live.mic.start();
  }
  return (
    <div class="show-us">
      <div>
        <strong>{t("room.show-us")}</strong>
        <p class="quiet-text">{t("room.show-us.why")}</p>
      </div>
      <button class="button main big" type="button" onClick={() => void open()}>
        <Icon name="camera" size={32} />
        {t("room.show-us.go")}
      </button>
      <button
        class="button quiet"
        type="button"
        onClick={() => {
          live.declined.value = true;
        }}
      >
        {t("room.show-us.later")}
      </button>
    </div>
  );
}

function HandButton({ live }: { live: Live }) {
  const { raised } = live.store.signals.hands.value;
  const { stage } = live.store.signals.conduct.value;
  const you = live.store.you.value;
  if (!you) return null;
  const place = [...raised.keys()].indexOf(you.id) + 1;
  if (place) {
    return (
      <button
        class="button big raised"
        type="button"
        aria-pressed={true}
        onClick={() => live.connection.ask({ t: "hand.lower", who: you.id })}
      >
        <Icon name="hand" size={40} />
        {t("room.hand.up", { n: place })}
        <span class="small">{t("room.hand.lower")}</span>
      </button>
    );
  }
  const open = stage === "inclass";
  return (
    <button
      class={open ? "button main big" : "button big"}
      type="button"
      disabled={!open}
      onClick={() => live.connection.ask({ t: "hand.raise" })}
    >
      <Icon name="hand" size={40} />
      {t(open ? "room.hand" : "room.hand.later")}
    </button>
  );
}

function OnStage({ live }: { live: Live }) {
  const you = live.store.you.value;
  const heard = live.mic.track.value !== null;
  if (!you) return null;
  return (
    <div class="stage-note" role="status">
      <Icon name={heard ? "mic" : "mic-off"} size={40} />
      <div>
        <strong>{t("room.on-stage")}</strong>
        {!heard && <p>{t("room.on-stage.no-mic")}</p>}
        {writing(live) && <p>{t("room.on-stage.pen")}</p>}
      </div>
      {!heard && (
        <button class="button main big" type="button" onClick={() => void live.mic.start()}>
          <Icon name="mic" size={32} />
          {t("live.mic")}
        </button>
      )}
      <button
        class="button"
        type="button"
        onClick={() => live.connection.ask({ t: "stage.leave", who: you.id })}
      >
        {t("room.step-down")}
      </button>
    </div>
  );
}

function Devices({ live }: { live: Live }) {
  return (
    <>
      <Toggle device={live.mic} word="live.mic" icon="mic" iconOff="mic-off" />
      <Toggle device={live.camera} word="live.camera" icon="camera" iconOff="camera-off" />
    </>
  );
}

/** To look at other pages, or nearer: the screen goes its own way until it is led back. */
function LookAbout({ live }: { live: Live }) {
  const lens = live.lens.value;
  if (!lens) return null;
  return (
    <button
      class="button"
      type="button"
      aria-label={t("browse.go")}
      aria-pressed={lens.free.value}
      onClick={() => (lens.free.value ? lens.follow() : lens.roam())}
    >
      <Icon name="book" />
      <span class="word">{t("browse.go")}</span>
    </button>
  );
}

function FullScreen() {
  const full = useSignal(document.fullscreenElement !== null);
  if (!document.documentElement.requestFullscreen) return null;
  async function toggle() {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen().catch(() => undefined);
    full.value = document.fullscreenElement !== null;
  }
  return (
    <button
      class="button"
      type="button"
      aria-label={t(full.value ? "live.window" : "live.fullscreen")}
      onClick={() => void toggle()}
    >
      <Icon name={full.value ? "window" : "fullscreen"} />
      <span class="word">{t(full.value ? "live.window" : "live.fullscreen")}</span>
    </button>
  );
}
