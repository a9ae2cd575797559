// Takes in what was carried here: packed lessons, and questions that schools without a line have asked.
import { useState } from "preact/hooks";
import { type Key, t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { type Account, codeOf, post, refusal } from "./api";

interface Said {
  words: string;
  good: boolean;
}

const WHY: Record<string, Key> = {
  "offline": "error.offline",
  "malformed": "bring.broken",
  "no-lesson": "bring.no-lesson",
  "not-allowed": "bring.not-yours",
  "not-yours": "bring.not-yours",
  "busy": "bring.busy",
};

export function BringIn({ account }: { account: Account }) {
  const [said, say] = useState<Said | null>(null);
  const [busy, setBusy] = useState(false);

  async function take(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (!file) return;
    setBusy(true);
    const bring = file.name.endsWith(".json") ? questions : lesson;
    say(await bring(file).catch((error) => ({ words: t(WHY[codeOf(error)] ?? "error.unknown"), good: false })));
    input.value = "";
    setBusy(false);
  }

  return (
    <div class="row wrap">
      <label class="button" title={t("bring.what")} aria-busy={busy}>
        <Icon name="plus" size={20} />
        {t(busy ? "bring.coming" : "bring")}
        <input
          class="said-only"
          type="file"
          accept={account.role === "admin" ? ".html,.json" : ".json"}
          disabled={busy}
          onChange={(event) => void take(event.currentTarget)}
        />
      </label>
      {said && (
        <p class={said.good ? "band" : "band danger"} role="status">
          {said.words}
        </p>
      )}
    </div>
  );
}

async function lesson(file: File): Promise<Said> {
  const response = await fetch("/api/arrivals", { method: "POST", body: file });
  if (!response.ok) throw await refusal(response);
  const { title, new: fresh } = (await response.json()) as { title: string; new: boolean };
  return { words: t(fresh ? "bring.done" : "bring.here", { title }), good: true };
}

async function questions(file: File): Promise<Said> {
  const told = JSON.parse(await file.text()) as { lesson?: unknown };
  const path = `/api/lessons/${encodeURIComponent(String(told.lesson))}/questions`;
  const { new: n } = await post<{ new: number }>(path, told);
  return { words: t("bring.questions", { n }), good: true };
}
