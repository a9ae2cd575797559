// What a tool is: it is put down, moved and lifted, and asks the lesson for what it did.
import type { Signal } from "@preact/signals";
import type { Connection, Refused } from "../../core/connection";
import type { Acts } from "../acts";
import type { Choices } from "../choices";
import type { Field } from "../field";
import type { Draft } from "../formula/draft";
import type { Instruments } from "../instruments/instruments";
import type { Numbers } from "../numbers";
import type { Painter } from "../painter";
import type { Sample } from "../resample";
import type { Selection } from "../selection";
import type { Traces } from "../traces";

/** One movement is down, any number of moves, and then up or cancel. */
export interface Tool {
  down(sample: Sample): void;
  /** ``predicted`` is where the browser believes it will go: for the eye only. */
  move(samples: readonly Sample[], predicted: readonly Sample[]): void;
  up(): void;
  /** It was no movement of this tool: a palm, or the first finger of two.  Leave no trace. */
  cancel(): void;
  /** Over the board and not down. */
  hover?(sample: Sample): void;
  /** No longer over the board. */
  leave?(): void;
  /** A key was pressed; true where it meant something to this tool. */
  key?(key: string, event: KeyboardEvent): boolean;
  /** Another tool was taken in its place. */
  away?(): void;
  /** The lesson would not have it: any command's refusal, the tool knows its own. */
  refused?(refused: Refused): void;
}

/** What every tool works with. */
export interface Kit {
  readonly painter: Painter;
  readonly connection: Connection;
  readonly numbers: Numbers;
  readonly acts: Acts;
  /** The same on a layer of one's own. */
  readonly traces: Traces;
  readonly choices: Choices;
  /** Where words are typed. */
  readonly field: Field;
  readonly selection: Selection;
  readonly instruments: Instruments;
  /** The formula that is typed. */
  readonly draft: Draft;
  readonly colour: Signal<number>;
  /** Quarter pixels. */
  readonly width: Signal<number>;
}
