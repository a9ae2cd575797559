// One lesson on the wall: enter it unseen, or pin a remark to this moment without going in.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { onArrival } from "../../board/arrivals";
import { BOARD_HEIGHT, BOARD_WIDTH } from "../../board/outline";
import { coloursOf, paintPage } from "../../board/paper";
import { type Key, t, tOr } from "../../i18n";
import { Icon } from "../../style/Icon";
import { codeOf, post } from "../home/api";
import { clockTime } from "../live/time";
import { type LessonSeen, lineOf, pageOf, type RoomSeen, type Shown } from "./patrol";

const WIDTH = 480; // pixels of a small board
const LONGEST = 80; // characters of a remark

export function LessonTile({ lesson }: { lesson: LessonSeen }) {
  const live = lesson.stage === "inclass";
  return (
    <li class={lesson.calls ? "card tile calls" : "card tile"}>
      <div class="row">
        <span class={live ? "badge live" : "badge ready"}>
          <Icon name={live ? "record" : "bell"} size={16} />
          {t(live ? "home.badge.live" : "home.badge.ready")}
        </span>
        {live && <span class="digits">{clockTime(lesson.now - (lesson.since ?? 0))}</span>}
        <span class="grow" />
        {lesson.calls > 0 && (
          <strong class="row-tight bad">
            <Icon name="bell" size={16} /> {t("patrol.calls", { n: lesson.calls })}
          </strong>
        )}
      </div>
      <h2>{lesson.title}</h2>
      <p class="quiet-text">{[lesson.subject, lesson.teacher, lesson.school].filter(Boolean).join(" · ")}</p>
      <SmallBoard lesson={lesson} />
      <p class="row-tight" role="status">
        <Icon name="volume" size={16} /> {wordsOf(lesson)}
      </p>
      <ul class="rooms small">
        {lesson.rooms.map((room) => (
          <RoomLine key={room.id} room={room} />
        ))}
        {!lesson.rooms.length && <li class="quiet-text">{t("patrol.no-rooms")}</li>}
      </ul>
      {live && <Remark lesson={lesson} />}
      <a class="button wide" href={`/watch/${lesson.id}`}>
        <Icon name="eye" size={20} />
        {t("patrol.enter")}
      </a>
    </li>
  );
}

function wordsOf(lesson: LessonSeen): string {
  if (!lesson.teaches) return t("patrol.no-teacher");
  if (!lesson.speaking.length) return t("patrol.quiet");
  return t("patrol.speaks", { who: lesson.speaking.join("、") });
}

/** Never colour alone: the word stands beside it. */
function RoomLine({ room }: { room: RoomSeen }) {
  const line = lineOf(room);
  const loss = line === "weak" && room.loss !== null ? ` ${room.loss}%` : "";
  const n = room.silent === null ? 0 : Math.floor(room.silent / 60);
  return (
    <li class="row">
      <span class="grow name" title={room.name}>
        {room.name}
      </span>
      {room.pupils !== null && <span class="quiet-text">{t("patrol.pupils", { n: room.pupils })}</span>}
      {room.on_stage ? (
        <span class="badge">{t("patrol.on-stage")}</span>
      ) : (
        n > 0 && <span class="quiet-text">{t("patrol.silent", { n })}</span>
      )}
      <span class={`line ${line}`}>
        {t(`patrol.line.${line}`)}
        {loss}
      </span>
    </li>
  );
}

function SmallBoard({ lesson }: { lesson: LessonSeen }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = useRef<Shown | null>(null);
  const paint = () => shown.current && canvas.current && paintSmall(canvas.current, shown.current);
  useEffect(() => onArrival(paint), []);
  useEffect(() => {
    let current = true;
    void pageOf(lesson.id).then(
      (found) => {
        if (!current) return;
        shown.current = found ?? shown.current;
        paint();
      },
      () => undefined, // the next look may be luckier; what was seen last stays
    );
    return () => {
      current = false;
    };
  }, [lesson.id, lesson.seq]);
  const place = t("patrol.page", { n: lesson.page, m: lesson.pages });
  return (
    <figure>
      <canvas ref={canvas} width={WIDTH} height={(WIDTH * 9) / 16} role="img" aria-label={`${lesson.title} ${place}`} />
      <figcaption class="badge">{place}</figcaption>
    </figure>
  );
}

function paintSmall(canvas: HTMLCanvasElement, { page, paper }: Shown): void {
  const ctx = canvas.getContext("2d");
  if (!ctx) return;
  ctx.setTransform(canvas.width / BOARD_WIDTH, 0, 0, canvas.height / BOARD_HEIGHT, 0, 0);
  paintPage(ctx, page, paper, coloursOf(canvas));
}

function Remark({ lesson }: { lesson: LessonSeen }) {
  const text = useSignal("");
  const said = useSignal("");
  async function pin(event: Event) {
    event.preventDefault();
    if (!text.value.trim()) return;
    const remark = { at: lesson.now, kind: "note", text: text.value.trim() };
    try {
      await post(`/api/lessons/${lesson.id}/bookmarks`, remark);
      said.value = t("patrol.remarked", { when: clockTime(lesson.now - (lesson.since ?? 0)) });
      text.value = "";
    } catch (error) {
      said.value = tOr(`refused.${codeOf(error)}`, codeOf(error) === "offline" ? "error.offline" : "error.unknown");
    }
  }
  return (
    <form class="remark" onSubmit={pin}>
      <div class="row-tight">
        <input
          class="input grow"
          maxLength={LONGEST}
          aria-label={t("patrol.remark")}
          placeholder={t("patrol.remark")}
          value={text.value}
          onInput={(event) => (text.value = event.currentTarget.value)}
        />
        <button class="button" type="submit">
          <Icon name="flag" size={20} />
          {t("patrol.pin")}
        </button>
      </div>
      {said.value && (
        <p class="small quiet-text" role="status">
          {said.value}
        </p>
      )}
      <ul class="small">
        {lesson.remarks.map((one) => (
          <li key={`${one.at} ${one.name}`} class="row-tight">
            <span class="digits">{clockTime(one.at - (lesson.since ?? 0))}</span>
            <span class="grow">{one.text || t(`mark.${one.kind}` as Key)}</span>
            <span class="quiet-text">{one.name}</span>
          </li>
        ))}
      </ul>
    </form>
  );
}
