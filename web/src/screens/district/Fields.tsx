// The fields of the district's forms: words, a choice, a time of day; each with its label above it.
import { useLayoutEffect, useRef } from "preact/hooks";
import { clock } from "./district";

/** For what the keyboard shall be at as soon as it is there. */
export function useFocus<T extends HTMLElement>(wanted = true) {
  const element = useRef<T>(null);
  useLayoutEffect(() => {
    if (wanted) element.current?.focus();
  }, []);
  return element;
}

export interface Typing {
  label: string;
  value: string;
  input: (words: string) => void;
  most?: number;
  optional?: boolean;
  /** What may stand there, in a line below it. */
  hint?: string;
  first?: boolean;
}

export function Words({ label, value, input, most = 80, optional, hint, first }: Typing) {
  const focused = useFocus<HTMLInputElement>(first === true);
  return (
    <label class="field">
      <span>{label}</span>
      <input
        class="input"
        ref={focused}
        required={!optional}
        maxLength={most}
        value={value}
        onInput={(event) => input(event.currentTarget.value)}
      />
      {hint && <span class="small quiet-text">{hint}</span>}
    </label>
  );
}

export interface Choosing {
  label: string;
  value: string;
  options: string[][];
  choose: (value: string) => void;
}

export function Choice({ label, value, options, choose }: Choosing) {
  return (
    <label class="field">
      <span>{label}</span>
      <select class="input" value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Count(props: { label: string; value: number; most: number; input: (n: number) => void }) {
  return (
    <label class="field">
      <span>{props.label}</span>
      <input
        class="input"
        type="number"
        min={0}
        max={props.most}
        required
        value={props.value}
        onInput={(event) => props.input(Number(event.currentTarget.value) || 0)}
      />
    </label>
  );
}

export function Time(props: { label: string; value: number; input: (minutes: number) => void }) {
  return (
    <input
      class="input"
      type="time"
      required
      aria-label={props.label}
      value={clock(props.value).padStart(5, "0")}
      onInput={(event) => {
        const [hours, minutes] = event.currentTarget.value.split(":").map(Number);
        if (hours !== undefined && minutes !== undefined) props.input(hours * 60 + minutes);
      }}
    />
  );
}

export function Day(props: { label: string; value: string; input: (day: string) => void }) {
  return (
    <label class="field">
      <span>{props.label}</span>
      <input
        class="input"
        type="date"
        required
        value={props.value}
        onInput={(event) => props.input(event.currentTarget.value)}
      />
    </label>
  );
}
