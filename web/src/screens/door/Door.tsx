// The door of a classroom: six digits and the room's name, nothing else.
import "../../i18n/door";
import { useState } from "preact/hooks";
import { keepTicket } from "../../core/tickets";
import { LangButton } from "../../i18n/LangButton";
import { t, tOr } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import "../classroom/kept";
import { type Admission, codeOf, post } from "../home/api";
import "../../style/gate.css";
import "./door.css";

const DIGITS = 6;
const ROOM = "synclass.room";

interface Problem {
  words: string;
  field: "code" | "room" | null;
}

export default function Door() {
  useTitle();
  const asked = new URLSearchParams(location.search).get("code") ?? "";
  const [code, setCode] = useState(digitsOf(asked));
  const [room, setRoom] = useState(keptRoom());
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  async function enter(event: Event) {
    event.preventDefault();
    const wrong = check(code, room);
    setProblem(wrong);
    if (wrong || busy) return;
    setBusy(true);
    const failed = await knock(code, room.trim());
    setBusy(false);
    setProblem(failed);
  }

  return (
    <div class="gate door">
      <header>
        <strong>{t("app.name")}</strong>
        <LangButton />
      </header>
      <main>
        <form onSubmit={enter} noValidate>
          <h1>
            <label for="code">{t("door.title")}</label>
          </h1>
          <input
            id="code"
            class="code"
            inputMode="numeric"
            autocomplete="off"
            autofocus={!code}
            placeholder="––––––"
            aria-label={t("door.code")}
            aria-invalid={problem?.field === "code"}
            value={code}
            onInput={(event) => {
              const digits = digitsOf(event.currentTarget.value);
              event.currentTarget.value = digits;
              setCode(digits);
              setProblem(null);
            }}
          />
          <label class="field">
            <span>{t("door.room")}</span>
            <input
              class="input room"
              autocomplete="organization"
              maxLength={40}
              placeholder={t("door.room.example")}
              aria-invalid={problem?.field === "room"}
              value={room}
              onInput={(event) => setRoom(event.currentTarget.value)}
            />
          </label>
          <div aria-live="polite">
            {problem && (
              <p class="band danger" role="alert">
                <Icon name="alert" />
                {problem.words}
              </p>
            )}
          </div>
          <button class="button main enter" type="submit" disabled={busy}>
            {t(busy ? "door.entering" : "door.enter")}
          </button>
        </form>
        {code.length === DIGITS && <Scan code={code} />}
      </main>
      <footer>
        <a class="button quiet" href="/login">
          {t("door.login")}
        </a>
        <a class="button quiet" href="/classroom">
          {t("door.pair")}
        </a>
      </footer>
    </div>
  );
}

function Scan({ code }: { code: string }) {
  const [broken, setBroken] = useState(false);
  if (broken) return null;
  const src = `/api/door/qr.svg?code=${code}`;
  return (
    <figure class="scan">
      <img src={src} alt="" width={240} height={240} onError={() => setBroken(true)} />
      <figcaption>{t("door.qr")}</figcaption>
    </figure>
  );
}

/** Digits of whatever was typed or pasted; full-width ones of a Chinese keyboard count too. */
function digitsOf(text: string): string {
  return text.normalize("NFKC").replace(/\D/g, "").slice(0, DIGITS);
}

function check(code: string, room: string): Problem | null {
  const left = DIGITS - code.length;
  if (left > 0) return { words: t("door.error.short", { left }), field: "code" };
  if (!room.trim()) return { words: t("door.error.room"), field: "room" };
  return null;
}

async function knock(code: string, name: string): Promise<Problem | null> {
  try {
    const { lesson, ticket } = await post<Admission>("/api/door", { code, name });
    keepRoom(name);
    keepTicket(lesson, ticket);
    go(`/room/${lesson}`);
    return null;
  } catch (error) {
    const why = codeOf(error);
    const words = tOr(`door.error.${why}`, why === "offline" ? "error.offline" : "error.unknown");
    return { words, field: why === "no-lesson" ? "code" : null };
  }
}

function keptRoom(): string {
  try {
    return localStorage.getItem(ROOM) ?? "";
  } catch {
    return "";
  }
}

function keepRoom(name: string): void {
  try {
    localStorage.setItem(ROOM, name);
  } catch {
    return; // storage is forbidden: the name is typed again next time
  }
}
