// A lesson as a screen holds it: the line, the media and the devices, opened and closed together.
import { effect, type Signal, signal } from "@preact/signals";
import { liftAbandoned } from "../../board/abandoned";
import type { Lens } from "../../board/lens";
import type { Painter } from "../../board/painter";
import type { Sights } from "../../board/sights";
import { Connection } from "../../core/connection";
import { Courier } from "../../courseware/courier";
import { Uploads } from "../../courseware/upload";
import { dropTicket, keepTicket, ticketFor } from "../../core/tickets";
import { type Device, camera, documentCamera, microphone, screen } from "../../media/devices";
import { Lights } from "../../media/lights";
import { Peer } from "../../media/peer";
import type { Pasted } from "./tools/pasted";
import type { LinkReport, Unseen } from "../../wire.gen";
import { type Admission, post } from "../home/api";

/** teach and watch come in by an account, room by a ticket from the door. */
export type Way = "teach" | "watch" | "room";

export interface Heard {
  report: LinkReport;
  at: number;
}

export class Live {
  readonly mic: Device = microphone();
  readonly camera: Device = camera();
  readonly screen: Device = screen();
  readonly document: Device;
  readonly peer: Peer;
  readonly lights: Lights;
  readonly courier: Courier;
  readonly uploads: Uploads;
  /** Pictures on their way to the board. */
  readonly pictures: Uploads;
  readonly links: Signal<ReadonlyMap<string, Heard>> = signal(new Map());
  readonly levels: Signal<ReadonlyMap<string, number>> = signal(new Map());
  /** A classroom that does not want to be seen was asked once; the buttons stay. */
  readonly declined = signal(false);
  painter: Painter | null = null;
  readonly lens: Signal<Lens | null> = signal(null);
  readonly sights: Signal<Sights | null> = signal(null);
  /** For whom the teacher's hand is about to draw a box. */
  readonly boxing: Signal<string | null> = signal(null);
  /** Live voices are not to be heard here: something that was said before is. */
  readonly quiet = signal(false);
  /** Pictures that are pasted, where they may be brought. */
  pasted: Pasted | null = null;
  private closing = false;
  private readonly undo: (() => void)[] = [];

  constructor(
    readonly lesson: string,
    readonly way: Way,
    readonly connection: Connection,
  ) {
    this.document = documentCamera(() => this.camera.track.value);
    const { mic, camera: picture } = this;
    const teaching = way === "teach" ? { content: [this.screen, this.document] } : {};
    const sources = way === "watch" ? {} : { voice: mic, camera: picture, ...teaching };
    this.peer = new Peer(connection, sources, (_, ink) => connection.rode(ink));
    this.lights = new Lights(connection, this.peer);
    const ticket = ticketFor(keyOf(lesson, way));
    this.courier = new Courier(connection, lesson, ticket);
    this.uploads = new Uploads(lesson, ticket, "handouts");
    this.pictures = new Uploads(lesson, ticket, "pictures");
    this.undo.push(connection.onGlimpse((who, glimpse) => this.glimpsed(who, glimpse)));
    this.undo.push(liftAbandoned(connection));
    this.undo.push(effect(() => this.peer.spotlight(this.inSight)));
    this.undo.push(effect(() => this.peer.speak(this.isHeard)));
    this.undo.push(this.quiet.subscribe((quiet) => (this.peer.catchesUp.value = quiet)));
    this.undo.push(effect(() => this.atTheBell()));
    this.undo.push(this.lights.voiceWaits.subscribe((ms) => this.painter?.waitForVoice(ms)));
    void this.reopenDevices().then(() => this.undo.push(effect(() => this.rememberDevices())));
    this.diagnose();
    connection.open();
  }

  get ticket(): string {
    return ticketFor(keyOf(this.lesson, this.way)) ?? "";
  }

  get store() {
    return this.connection.store;
  }

  /** Somebody's name, also when they have gone. */
  nameOf(who: string): string {
    const { conduct, attendance } = this.store.states;
    return conduct.present.get(who)?.name ?? attendance.people.get(who)?.name ?? who;
  }

  /** Leave the lesson's line and let the devices go. */
  close(): void {
    this.closing = true;
    this.pasted?.close();
    for (const undo of this.undo) undo();
    this.lights.destroy();
    this.courier.close();
    this.peer.destroy();
    this.connection.stop();
    this.stopDevices();
    delete window.synclass;
  }

  /** Whether all see us: off the stage only a small picture goes up, for the teacher's wall. */
  private get inSight(): boolean {
    const you = this.store.you.value;
    if (!you || you.role === "teacher") return true;
    return this.store.signals.stage.value.on.has(you.id);
  }

  /** Whether anybody hears us: of the classrooms those on stage, and those who work in groups. */
  private get isHeard(): boolean {
    const you = this.store.you.value;
    if (you?.role !== "classroom") return true;
    const { on, groups } = this.store.signals.stage.value;
    return on.has(you.id) || groups.has(you.id);
  }

  /** Nobody is filmed after the bell. */
  private atTheBell(): void {
    if (this.store.signals.conduct.value.stage === "postclass") this.stopDevices();
  }

  /** After a reload what was on is on again; and a room opens what it was once allowed. */
  private async reopenDevices(): Promise<void> {
    if (this.way === "watch") return;
    const kept = sessionStorage.getItem(devicesKey(this.lesson));
    for (const [name, device] of this.kept) {
      const wanted = kept === null ? this.way === "room" : kept.split(" ").includes(name);
      if (wanted && (await isAllowed(name))) await device.start();
    }
  }

  private rememberDevices(): void {
    const on = this.kept.filter(([, device]) => device.track.value).map(([name]) => name);
    const { stage } = this.store.signals.conduct.value;
    if (!this.closing && stage !== "postclass") {
      sessionStorage.setItem(devicesKey(this.lesson), on.join(" "));
    }
  }

  private get kept(): [string, Device][] {
    return [
      ["camera", this.camera],
      ["microphone", this.mic],
    ];
  }

  private stopDevices(): void {
    for (const device of [this.mic, this.camera, this.screen, this.document]) device.stop();
  }

  /** An encoder of ours sends what some browsers cannot decode: say so, by the rooms' names. */
  private unseen({ codec, viewers }: Unseen): void {
    const { present } = this.store.signals.conduct.value;
    const names = viewers.map((id) => present.get(id)?.name).filter(Boolean);
    if (!names.length) return;
    const message = `${codec}: ${names.join(", ")}`;
    this.connection.refusal.value = { code: "unseen", message, command: null };
  }

  private glimpsed(who: string, glimpse: { t: string }): void {
    if (glimpse.t === "link") {
      const heard = { report: glimpse as LinkReport, at: performance.now() };
      this.links.value = new Map(this.links.value).set(who, heard);
    } else if (glimpse.t === "track.unseen") {
      this.unseen(glimpse as unknown as Unseen);
    } else if (glimpse.t === "stage.levels") {
      const { levels } = glimpse as unknown as { levels: Map<string, number> };
      this.levels.value = new Map([...this.levels.value, ...levels]);
    }
  }

  /** The diagnostic window: what a person on the telephone, or a test, can ask this page for. */
  private diagnose(): void {
    window.synclass = {
      state: () => this.store.states,
      seq: () => this.store.seq,
      boardHash: () => this.painter?.hash() ?? "",
      pictured: () => this.painter?.pictured() ?? false,
      lights: () => this.lights.mine.value,
      media: () => this.peer.state.value,
    };
  }
}

declare global {
  interface Window {
    synclass?: {
      state(): unknown;
      seq(): number;
      boardHash(): string;
      pictured(): boolean;
      lights?(): LinkReport | null;
      media?(): string;
    };
  }
}

/** The ticket for a way into a lesson, from this browser or by the account that is logged in. */
export async function ticketTo(lesson: string, way: Way): Promise<string | null> {
  const kept = ticketFor(keyOf(lesson, way));
  if (kept || way === "room") return kept;
  const { ticket } = await post<Admission>(`/api/lessons/${lesson}/ticket`);
  keepTicket(keyOf(lesson, way), ticket);
  return ticket;
}

/** The server did not accept it: the next way in is by the door or the account again. */
export function forgetTicket(lesson: string, way: Way): void {
  dropTicket(keyOf(lesson, way));
}

function devicesKey(lesson: string): string {
  return `synclass.devices.${lesson}`;
}

/** Whether the browser would open it without asking: a question needs its reason on the screen. */
async function isAllowed(name: string): Promise<boolean> {
  const asked = navigator.permissions?.query({ name: name as PermissionName });
  const status = await asked?.catch(() => null); // not every browser knows these names
  return status?.state === "granted";
}

export function socketUrl(): string {
  return `${location.origin.replace(/^http/, "ws")}/ws`;
}

/** One browser may be a classroom in one window and its teacher in another. */
function keyOf(lesson: string, way: Way): string {
  return way === "room" ? lesson : `${way}.${lesson}`;
}
