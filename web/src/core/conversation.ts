// Our side of the talk with the server, without a socket or a clock: feed it, drain it, tick it.
import {
  type AddInk,
  type BeginStroke,
  type Command,
  type Down,
  type Entries,
  type Fact,
  type Glimpse,
  type Line,
  SCHEMA,
  type Up,
  type Welcome,
} from "../wire.gen";
import { type ChannelName, NAMES } from "../channels/index";
import { LessonClock } from "./clock";
import { readDown, readFact, readGlimpse, readLine, type Unknown } from "./codec";
import { writeCommand, writeGlimpse, writeUp } from "./codec";
import { Early } from "./early";
import type { Store } from "./store";

const BEAT_MS = 2000;
const SILENCE_MS = 6000; // three beats unanswered: the line is broken, whatever TCP thinks
const FIRST_OFFER = 1_000_000_000; // offers count apart from asks
const TAIL_MS = 1000; // a beat sent so long after a welcome is echoed behind its tail
const MOST_PENDING = 4000; // asks kept while the line is broken: three minutes of writing
const MOST_FORESEEN = 4000;
/** Beyond so many lines at once it is catching up, not news. */
const NEWS = 40;

export interface Hearing {
  refused(code: string, message: string, command: Command | null): void;
  glimpsed(who: string, glimpse: Glimpse | Unknown): void;
  closed(code: string, message: string): void;
  welcomed(): void;
  /** The media server knows us no more. */
  recalled(): void;
}

type OwnInk = BeginStroke | AddInk;
type Answered = (sdp: Uint8Array | null, code: string) => void;

export class Conversation {
  readonly clock = new LessonClock();
  /** Milliseconds there and back, of the latest beat. */
  rtt = 0;
  /** Local milliseconds of the last word of the server. */
  heardAt = 0;
  private out: Uint8Array[] = [];
  private asked = 0;
  private pending = new Map<number, Command>();
  private foreseen = new Map<number, OwnInk>();
  private offers = new Map<number, Answered>();
  private lastOffer = FIRST_OFFER;
  private welcomed = false;
  private beatAt = 0;
  private tickedAt = 0;
  private fetching = 0;
  /** Ink up to this ask that has not become fact when the next echo comes was refused, unheard. */
  private doubtful = 0;
  private welcomedAt = 0;
  /** How many channels were known at the last welcome, and late ones that are on their way. */
  private known = NAMES.length;
  private late = new Set<ChannelName>();
  private readonly early = new Early();
  private wished = false;
  /** The server has said that ink rides in voice: what comes there comes from it. */
  private rides = false;

  constructor(
    private readonly store: Store,
    private readonly ticket: string,
    private readonly hearing: Hearing,
  ) {}

  /** What to send now, in order. */
  drain(): Uint8Array[] {
    const out = this.out;
    this.out = [];
    return out;
  }

  /** A socket is open: introduce ourselves, and say how far we have come. */
  opened(now: number): void {
    this.out = [];
    this.heardAt = this.beatAt = this.tickedAt = now;
    const { epoch, seq } = this.store;
    const resume: [number, number] | null = epoch && seq ? [epoch, seq] : null;
    this.send({ t: "hello", schema: SCHEMA, ticket: this.ticket, resume });
  }

  /** The socket is gone: asks wait, offers fail; what comes in voice is still the log. */
  lost(): void {
    this.welcomed = false;
    this.fetching = 0;
    this.clock.doubt();
    for (const answered of [...this.offers.values()]) answered(null, "line-lost");
    this.offers.clear();
  }

  /** Ask for something; n is its number, or 0 where too much is waiting already. */
  ask(command: Command): number {
    if (!this.store.epoch || this.pending.size >= MOST_PENDING) return 0;
    const n = ++this.asked;
    this.pending.set(n, command);
    if (command.t === "ink.begin" || command.t === "ink.add") this.foresee(n, command);
    if (this.welcomed) this.sendAsk(n, command);
    return n;
  }

  show(glimpse: Glimpse): void {
    if (this.welcomed) this.send({ t: "show", glimpse: writeGlimpse(glimpse) });
  }

  /** Fetch what channels are so far that we learned of behind the welcome. */
  adopt(): void {
    for (const name of NAMES.slice(this.known)) {
      this.late.add(name);
      this.store.put(name, 0, null);
    }
    this.known = NAMES.length;
    if (this.welcomed) this.fetchLate();
  }

  /** Let ink ride in voice, too, or no more. */
  ride(on: boolean): void {
    this.wished = on;
    if (this.welcomed) this.send({ t: "ride", on });
  }

  /** A line that came in voice: it may be the next of the log, or its turn may come. */
  rode(bytes: Uint8Array): void {
    if (!this.rides) return;
    this.early.add(readLine(bytes));
    this.foldEarly();
  }

  /** Answered once: with the deflated answer, or null and the refusal's code. */
  offer(sdp: Uint8Array, answered: Answered): void {
    if (!this.welcomed) return answered(null, "line-lost");
    const n = ++this.lastOffer;
    this.offers.set(n, answered);
    this.send({ t: "offer", n, sdp });
  }

  /** Beat; false where the line has been silent too long and must be opened anew. */
  tick(now: number): boolean {
    if (now - this.tickedAt > SILENCE_MS / 2) this.heardAt = now; // we slept, not the line
    this.tickedAt = now;
    if (now - this.beatAt >= BEAT_MS) this.beat(now);
    return now - this.heardAt < SILENCE_MS;
  }

  private beat(now: number): void {
    this.beatAt = now;
    if (this.welcomed) this.send({ t: "beat", stamp: Math.round(now) });
  }

  /** How many asks the server has not answered. */
  get waiting(): number {
    return this.pending.size;
  }

  /** The latest ask of a kind that is not answered: where a quick hand means to be already. */
  asking<T extends Command["t"]>(tag: T): Extract<Command, { t: T }> | undefined {
    const asks = [...this.pending.values()].reverse();
    return asks.find((command): command is Extract<Command, { t: T }> => command.t === tag);
  }

  /** A message of the server; throws where it cannot be read, and the line must be opened anew. */
  heard(bytes: Uint8Array, now: number): void {
    this.heardAt = now;
    const message = readDown(bytes);
    if (message) this.take(message, now);
  }

  private take(message: Down, now: number): void {
    switch (message.t) {
      case "welcome":
        return this.takeWelcome(message, now);
      case "facts":
        return this.takeEntries(message, now);
      case "done":
        return this.answeredTo(message.n);
      case "refused":
        return this.takeRefusal(message.n, message.code, message.message);
      case "glimpse":
        return this.hearing.glimpsed(message.who, readGlimpse(message.glimpse));
      case "fetched":
        return this.takeFetched(message.channel as ChannelName, message.key, message.part);
      case "answer":
        return this.takeAnswer(message.n, message.sdp, "");
      case "recall":
        return this.hearing.recalled();
      case "rides":
        this.rides = message.on;
        return;
      case "echo":
        return this.takeEcho(message.stamp, message.ms, now);
      case "bye":
        return this.hearing.closed(message.code, message.message);
    }
  }

  private takeWelcome(message: Welcome, now: number): void {
    this.clock.heard(message.ms, now);
    if (message.epoch !== this.store.epoch) this.early.clear(); // of a log that may have ended elsewhere
    this.store.welcome(message);
    this.asked = Math.max(this.asked, message.asked);
    this.answeredTo(message.asked);
    const first = !this.welcomed;
    this.welcomed = true;
    this.doubtful = message.asked;
    this.welcomedAt = now;
    if (first) for (const [n, command] of this.pending) this.sendAsk(n, command);
    if (first && (this.wished || this.rides)) this.ride(this.wished);
    this.fetching = 0;
    this.fetchNext();
    if (message.states) {
      this.known = NAMES.length;
      this.late.clear();
    }
    this.fetchLate();
    this.hearing.welcomed();
  }

  private takeEcho(stamp: number, ms: number, now: number): void {
    this.rtt = Math.max(0, Math.round(now) - stamp);
    this.clock.heard(ms, now);
    if (!this.doubtful || stamp < this.welcomedAt + TAIL_MS) return;
    for (const [n, command] of this.foreseen) {
      if (n <= this.doubtful) this.foreseen.delete(n);
      if (n <= this.doubtful) this.hearing.refused("unheard", "", command);
    }
    this.doubtful = 0;
  }

  private takeEntries({ seq, ms, lines }: Entries, now: number): void {
    const old = lines.length > NEWS;
    for (const line of lines) {
      const [at, number] = [ms + line.ms, seq + line.seq];
      if (number <= this.store.seq) continue; // it came in voice
      if (typeof line.fact !== "number") this.store.fold(number, at, line.fact, old);
      else this.foldOwn(line.fact, number, at);
    }
    if (lines.length) this.clock.heard(ms + lines[lines.length - 1].ms, now);
    this.foldEarly();
    this.fetchNext();
  }

  private foldEarly(): void {
    for (let line = this.early.after(this.store.seq); line && !this.onFetchedPage(line); ) {
      if (line.fact === null) Object.assign(this.store, { seq: line.seq, ms: line.ms });
      else this.store.fold(line.seq, line.ms, line.fact);
      line = this.early.after(this.store.seq);
    }
  }

  /** Whether it belongs to the page that is on its way and would replace what we make of it now. */
  private onFetchedPage(line: Line): boolean {
    if (line.fact === null || !this.fetching) return false;
    const fact = readFact(line.fact);
    const { drawing, halted } = this.store.states.board;
    const { stroke = 0 } = fact.t === "ink" ? fact : {};
    return (drawing.get(stroke) ?? halted.get(stroke) ?? pageOf(fact)) === this.fetching;
  }

  /** Our own ask n has become fact: the server need not send our ink back to us. */
  private foldOwn(n: number, seq: number, ms: number): void {
    const command = this.foreseen.get(n);
    if (!command) throw new Error(`the server speaks of an ask we do not know: ${n}`);
    this.foreseen.delete(n);
    this.pending.delete(n);
    Object.assign(this.store, { seq, ms });
    this.store.foldFact(asFact(command), ms);
  }

  private answeredTo(n: number): void {
    for (const asked of this.pending.keys()) {
      if (asked > n) break;
      this.pending.delete(asked);
    }
  }

  private takeRefusal(n: number, code: string, message: string): void {
    if (n > FIRST_OFFER) return this.takeAnswer(n, null, code);
    const command = this.pending.get(n) ?? this.foreseen.get(n) ?? null;
    this.pending.delete(n);
    this.foreseen.delete(n);
    this.hearing.refused(code, message, command);
  }

  private takeAnswer(n: number, sdp: Uint8Array | null, code: string): void {
    const answered = this.offers.get(n);
    this.offers.delete(n);
    answered?.(sdp, code);
  }

  private takeFetched(channel: ChannelName, key: number, part: unknown): void {
    if (!this.late.delete(channel)) this.fetching = 0;
    this.store.put(channel, key, part);
    this.foldEarly();
    this.fetchNext();
  }

  /** Fetch the pages a welcome left out one by one, the one that is shown before all others. */
  private fetchNext(): void {
    const { current } = this.store.states.pages;
    const { pages } = this.store.states.board;
    const wanted = [current, ...pages.keys()].find((number) => pages.get(number)?.here === false);
    if (wanted === undefined || this.fetching || !this.welcomed) return;
    this.fetching = wanted;
    this.send({ t: "fetch", channel: "board", key: wanted });
  }

  private fetchLate(): void {
    for (const channel of this.late) this.send({ t: "fetch", channel, key: 0 });
  }

  private foresee(n: number, command: OwnInk): void {
    this.foreseen.set(n, command);
    if (this.foreseen.size <= MOST_FORESEEN) return;
    for (const oldest of this.foreseen.keys()) {
      this.foreseen.delete(oldest);
      return;
    }
  }

  private sendAsk(n: number, command: Command): void {
    this.send({ t: "ask", n, command: writeCommand(command) });
  }

  private send(message: Up): void {
    this.out.push(writeUp(message));
  }
}

function asFact(command: OwnInk): Fact {
  return command.t === "ink.begin" ? { ...command, t: "ink.begun" } : { ...command, t: "ink" };
}

/** The page a fact speaks of, where it speaks of one. */
function pageOf(fact: Fact | Unknown): number | undefined {
  return "page" in fact && typeof fact.page === "number" ? fact.page : undefined;
}
