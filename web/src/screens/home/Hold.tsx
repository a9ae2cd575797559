// A button by which an admin holds a lesson: until the hold is lifted nobody can erase it.
import { useSignal } from "@preact/signals";
import { t, tOr } from "../../i18n";
import { Strokes } from "../../style/Icon";
import { codeOf, get, post, remove } from "./api";
import { when } from "./when";

const LOCK =
  "M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM7 11V7a5 5 0 0 1 10 0v4";
const LONGEST = 200; // characters: signaling/holding.py

interface Held {
  why: string;
  who: string;
  at: number; // Unix seconds
}

interface Wanted {
  lesson: string;
  held: boolean;
  /** The button says what it does beside its picture. */
  words?: boolean;
  /** It is held now, or no more. */
  changed?: () => void;
}

export function Hold({ lesson, held, words, changed }: Wanted) {
  const path = `/api/lessons/${encodeURIComponent(lesson)}/hold`;
  const holds = useSignal(held);
  const shown = useSignal<Held | null>(null);
  const failed = useSignal("");

  /** Does what is asked, and says why it could not. */
  async function ask(what: () => Promise<void>): Promise<void> {
    failed.value = "";
    await what().catch((error) => (failed.value = tOr(`hold.error.${codeOf(error)}`, "error.unknown")));
  }
  const open = () => ask(async () => void (shown.value = await get<Held>(path)));
  const put = (why: string) =>
    ask(async () => {
      await post(path, { why });
      holds.value = true;
      shown.value = null;
      changed?.();
    });
  const lift = () =>
    ask(async () => {
      await remove(path);
      holds.value = false;
      shown.value = null;
      changed?.();
    });

  if (!shown.value && !failed.value) {
    const says = t(holds.value ? "hold.held" : "hold.do");
    return (
      <button
        class={`button quiet ${words || holds.value ? "" : "only-icon"}`}
        type="button"
        title={says}
        onClick={() => void open()}
      >
        <Strokes path={LOCK} size={20} />
        <span class={words || holds.value ? "" : "said-only"}>{says}</span>
      </button>
    );
  }
  const shut = () => {
    shown.value = null;
    failed.value = "";
  };
  return (
    <div class="band warning wrap hold" role="alertdialog" aria-label={t("hold.do")}>
      <Strokes path={LOCK} size={20} />
      {failed.value ? (
        <span class="grow">{failed.value}</span>
      ) : shown.value?.why ? (
        <Standing held={shown.value} lift={lift} />
      ) : (
        <Reason put={put} />
      )}
      <button class="button quiet" type="button" onClick={shut}>
        {t("common.close")}
      </button>
    </div>
  );
}

function Standing({ held, lift }: { held: Held; lift: () => Promise<void> }) {
  return (
    <>
      <span class="grow">
        {t("hold.why", { why: held.why })}
        <span class="small quiet-text"> {t("hold.by", { who: held.who, when: when(held.at) })}</span>
      </span>
      <button class="button" type="button" onClick={() => void lift()}>
        {t("hold.lift")}
      </button>
    </>
  );
}

function Reason({ put }: { put: (why: string) => Promise<void> }) {
  const why = useSignal("");
  return (
    <form
      class="row wrap grow"
      onSubmit={(event) => {
        event.preventDefault();
        void put(why.value);
      }}
    >
      <label class="field grow">
        <span>{t("hold.reason")}</span>
        <input
          class="input"
          required
          autofocus
          maxLength={LONGEST}
          placeholder={t("hold.example")}
          value={why.value}
          onInput={(event) => (why.value = event.currentTarget.value)}
        />
      </label>
      <button class="button main" type="submit">
        {t("hold.put")}
      </button>
    </form>
  );
}
