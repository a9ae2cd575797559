// The socket under the conversation: opens, reopens for ever, and says how the line is.
import { type Signal, signal } from "@preact/signals";
import type { Command, Glimpse } from "../wire.gen";
import type { Unknown } from "./codec";
import { Conversation } from "./conversation";
import { Store } from "./store";

const SHORTEST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5000;
const TICK_MS = 500;
/** After these the server will not have us again: trying on would be noise. */
const FINAL = ["bad-ticket", "ticket-expired", "schema", "elsewhere", "full", "quota-rooms", "ended", "dismissed"];

export interface Ending {
  code: string;
  message: string;
}

export interface Refused extends Ending {
  command: Command | null;
}

export class Connection {
  readonly store = new Store();
  /** Milliseconds of local time since when the line is broken; null while it holds. */
  readonly lostAt: Signal<number | null> = signal(performance.now());
  /** True once we were welcomed for the first time. */
  readonly entered = signal(false);
  /** Why the server closed the door for good, or null. */
  readonly ending = signal<Ending | null>(null);
  readonly refusal = signal<Refused | null>(null);
  private readonly talk: Conversation;
  private readonly glimpses = new Set<(who: string, glimpse: Glimpse) => void>();
  private readonly welcomes = new Set<() => void>();
  private readonly recalls = new Set<() => void>();
  private socket: WebSocket | null = null;
  private wait = SHORTEST_WAIT_MS;
  private timer = 0;
  private retry = 0;

  constructor(
    private readonly url: string,
    ticket: string,
  ) {
    this.talk = new Conversation(this.store, ticket, {
      refused: (code, message, command) => {
        this.refusal.value = { code, message, command };
      },
      glimpsed: (who, glimpse) => this.tell(who, glimpse),
      closed: (code, message) => this.close(code, message),
      welcomed: () => this.welcomed(),
      recalled: () => {
        for (const listener of this.recalls) listener();
      },
    });
  }

  open(): void {
    this.timer = window.setInterval(() => this.tick(), TICK_MS);
    addEventListener("online", this.again);
    this.connect();
  }

  stop(): void {
    clearInterval(this.timer);
    clearTimeout(this.retry);
    removeEventListener("online", this.again);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  /** Ask for something; 0 where the line is broken and too much is waiting already. */
  ask(command: Command): number {
    const n = this.talk.ask(command);
    this.flush();
    return n;
  }

  asking<T extends Command["t"]>(tag: T): Extract<Command, { t: T }> | undefined {
    return this.talk.asking(tag);
  }

  show(glimpse: Glimpse): void {
    this.talk.show(glimpse);
    this.flush();
  }

  /** channels of core/late.ts are wanted here. */
  adopt(): void {
    this.talk.adopt();
    this.flush();
  }

  /** Let ink ride in voice, too, or no more. */
  ride(on: boolean): void {
    this.talk.ride(on);
    this.flush();
  }

  /** A line of ink that came in voice. */
  rode(bytes: Uint8Array): void {
    this.talk.rode(bytes);
    this.flush();
  }

  /** Offer media; resolves to the deflated answer, or null and why not. */
  offer(sdp: Uint8Array): Promise<{ sdp: Uint8Array | null; code: string }> {
    return new Promise((resolve) => {
      this.talk.offer(sdp, (answer, code) => resolve({ sdp: answer, code }));
      this.flush();
    });
  }

  onGlimpse(listener: (who: string, glimpse: Glimpse) => void): () => void {
    this.glimpses.add(listener);
    return () => this.glimpses.delete(listener);
  }

  /** Called at every welcome, also after a broken line. */
  onWelcome(listener: () => void): () => void {
    this.welcomes.add(listener);
    return () => this.welcomes.delete(listener);
  }

  /** Called when the media has to be offered anew. */
  onRecall(listener: () => void): () => void {
    this.recalls.add(listener);
    return () => this.recalls.delete(listener);
  }

  /** Lesson time in milliseconds. */
  now(): number {
    return this.talk.clock.at(performance.now());
  }

  get rtt(): number {
    return this.talk.rtt;
  }

  /** How long to gather ink before it is sent: the weaker the line, the longer (measured). */
  get batchMs(): number {
    const held = (this.socket?.bufferedAmount ?? 0) / 2048;
    const weakness = Math.max(this.rtt / 400, held, this.talk.waiting / 16);
    return weakness < 1 ? 50 : weakness < 2 ? 100 : weakness < 4 ? 200 : 400;
  }

  private readonly again = () => {
    this.wait = SHORTEST_WAIT_MS;
    if (!this.socket) this.connect();
  };

  private connect(): void {
    clearTimeout(this.retry);
    if (this.ending.value) return;
    const socket = new WebSocket(this.url);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    this.talk.opened(performance.now());
    socket.onopen = () => {
      this.talk.opened(performance.now());
      this.flush();
    };
    socket.onmessage = (event: MessageEvent<ArrayBuffer>) => this.heard(socket, event.data);
    socket.onclose = () => this.lost(socket);
  }

  private heard(socket: WebSocket, data: ArrayBuffer): void {
    if (socket !== this.socket) return;
    try {
      this.talk.heard(new Uint8Array(data), performance.now());
      this.flush();
    } catch (error) {
      console.error("synclass: starting over after", error);
      this.store.seq = 0; // no resume: the server sends everything anew
      this.lost(socket);
    }
  }

  private welcomed(): void {
    this.wait = SHORTEST_WAIT_MS;
    this.lostAt.value = null;
    this.entered.value = true;
    for (const listener of this.welcomes) listener();
  }

  private lost(socket: WebSocket): void {
    if (socket !== this.socket) return;
    this.socket = null;
    socket.onclose = null;
    socket.close();
    this.talk.lost();
    this.lostAt.value ??= this.talk.heardAt;
    if (this.ending.value) return;
    this.retry = window.setTimeout(() => this.connect(), this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 2);
  }

  private close(code: string, message: string): void {
    if (FINAL.includes(code)) this.ending.value = { code, message };
  }

  private tick(): void {
    const socket = this.socket;
    if (!socket) return;
    if (!this.talk.tick(performance.now())) this.lost(socket);
    else this.flush();
  }

  private flush(): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    for (const message of this.talk.drain()) this.socket.send(message as Uint8Array<ArrayBuffer>);
  }

  private tell(who: string, glimpse: Glimpse | Unknown): void {
    if (glimpse.t === "?") return;
    for (const listener of this.glimpses) listener(who, glimpse);
  }
}
