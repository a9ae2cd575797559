// A button that erases a lesson, or one room's voice in it: it asks first, for nothing comes back.
import { useSignal } from "@preact/signals";
import { type Key, t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { codeOf, post } from "./api";

const WHY: Record<string, Key> = {
  "offline": "error.offline",
  "still-live": "erase.live",
  "held": "erase.held",
  "not-locked": "erase.not-locked",
};

interface Wanted {
  lesson: string;
  /** Whose voice; absent for all of the lesson. */
  who?: string;
  /** What people call it. */
  name: string;
  done: () => void;
}

export function Erase({ lesson, who, name, done }: Wanted) {
  const asking = useSignal(false);
  const refused = useSignal("");
  const all = who === undefined;

  async function erase(): Promise<void> {
    try {
      await post(`/api/lessons/${encodeURIComponent(lesson)}/erasure`, { who: who ?? "" });
      asking.value = false;
      done();
    } catch (error) {
      refused.value = codeOf(error);
    }
  }

  if (!asking.value) {
    const words = t(all ? "erase.lesson" : "erase.voice");
    return (
      <button
        class="button quiet only-icon"
        type="button"
        title={words}
        onClick={() => (asking.value = true)}
      >
        <Icon name="trash" size={20} />
        <span class="said-only">{words}</span>
      </button>
    );
  }
  return (
    <div class="band danger wrap" role="alertdialog" aria-label={t("erase.do")}>
      <span class="grow">
        {refused.value
          ? t(WHY[refused.value] ?? "error.unknown")
          : t(all ? "erase.sure" : "erase.sure.voice", { name })}
      </span>
      <button class="button" type="button" onClick={() => void erase()}>
        {t("erase.do")}
      </button>
      <button class="button quiet" type="button" onClick={() => (asking.value = false)}>
        {t("erase.not")}
      </button>
    </div>
  );
}
