// The row in which a formula is typed: LaTeX, and buttons for what is hard to find on a keyboard.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Draft } from "../../../board/formula/draft";
import { type Key, t } from "../../../i18n";

/** What a button puts in; what was selected goes into the first pair of braces. */
const PARTS: readonly [latex: string, shown: string, word: Key][] = [
  ["\\frac{}{}", "a/b", "formula.frac"],
  ["\\sqrt{}", "√", "formula.root"],
  ["^{}", "x²", "formula.power"],
  ["_{}", "x₁", "formula.index"],
];
const LETTERS = "α β γ δ θ λ μ π ρ σ φ ω Δ Σ Ω";
const LETTER_NAMES = "alpha beta gamma delta theta lambda mu pi rho sigma varphi omega Delta Sigma Omega";
const SIGNS = "× ÷ ± ≤ ≥ ≠ ≈ ° ∠ △ ⊥ ∥ ∞ ∈ ∪ ∩ →";
const SIGN_NAMES =
  "times div pm le ge ne approx circ angle triangle perp parallel infty in cup cap to";

export function FormulaBar({ draft }: { draft: Draft }) {
  const input = useRef<HTMLInputElement>(null);
  const lost = useSignal(false);
  useEffect(() => input.current?.focus(), []);
  function done() {
    const done = draft.done();
    lost.value = !done && draft.ready.value;
    if (!done) input.current?.focus();
  }
  function put(latex: string) {
    if (input.current) draft.latex.value = inserted(input.current, latex);
  }
  return (
    <form class="formula-bar" onSubmit={(event) => (event.preventDefault(), done())}>
      <input
        ref={input}
        class="input"
        aria-label={t("formula.field")}
        placeholder={t("formula.example")}
        maxLength={1000}
        spellcheck={false}
        autocapitalize="off"
        value={draft.latex.value ?? ""}
        onInput={(event) => {
          draft.latex.value = event.currentTarget.value;
          lost.value = false;
        }}
        onKeyDown={(event) => event.key === "Escape" && !event.isComposing && draft.close()}
      />
      {PARTS.map(([latex, shown, word]) => (
        <button
          key={latex}
          class="opt"
          type="button"
          aria-label={t(word)}
          title={t(word)}
          onClick={() => put(latex)}
        >
          {shown}
        </button>
      ))}
      <Letters word="formula.letters" letters={LETTERS} names={LETTER_NAMES} onChoose={put} />
      <Letters word="formula.signs" letters={SIGNS} names={SIGN_NAMES} onChoose={put} />
      <button class="button main" type="submit" disabled={!draft.ready.value}>
        {t("formula.done")}
      </button>
      <button class="button quiet" type="button" onClick={() => draft.close()}>
        {t("formula.cancel")}
      </button>
      {(lost.value || !draft.ready.value) && (
        <p class="hint" role="alert">
          {t(lost.value ? "formula.lost" : "formula.coming")}
        </p>
      )}
    </form>
  );
}

interface LettersProps {
  word: Key;
  letters: string;
  names: string;
  onChoose: (latex: string) => void;
}

function Letters({ word, letters, names, onChoose }: LettersProps) {
  const commands = names.split(" ");
  return (
    <select
      class="input select"
      aria-label={t(word)}
      value=""
      onChange={(event) => {
        onChoose(`\\${event.currentTarget.value} `);
        event.currentTarget.value = "";
      }}
    >
      <option value="">{t(word)}</option>
      {letters.split(" ").map((letter, i) => (
        <option key={letter} value={commands[i]}>
          {letter}
        </option>
      ))}
    </select>
  );
}

/** Put a part where the caret is, and the caret where one goes on typing; -> the whole. */
function inserted(input: HTMLInputElement, part: string): string {
  const [from, to] = [input.selectionStart ?? input.value.length, input.selectionEnd ?? input.value.length];
  const chosen = input.value.slice(from, to);
  const whole = part.replace("{}", `{${chosen}}`);
  input.setRangeText(whole, from, to, "end");
  const open = whole.indexOf("{}");
  const caret = open < 0 ? from + whole.length : from + open + 1;
  input.setSelectionRange(caret, caret);
  input.focus();
  return input.value;
}
