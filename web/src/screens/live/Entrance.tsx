// Opens a lesson for a screen, and says in words why where it cannot.
import type { ComponentType } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { Connection } from "../../core/connection";
import { t, tOr } from "../../i18n";
import { go } from "../../router";
import { codeOf } from "../home/api";
import { forgetTicket, Live, socketUrl, ticketTo, type Way } from "./live";
import "./live.css";

interface Props {
  lesson: string;
  way: Way;
  Screen: ComponentType<{ live: Live }>;
}

export function Entrance({ lesson, way, Screen }: Props) {
  const [live, setLive] = useState<Live | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  useLayoutEffect(() => {
    let gone = false;
    let opened: Live | null = null;
    ticketTo(lesson, way).then(
      (ticket) => {
        if (gone) return;
        if (!ticket) return setFailed("no-ticket");
        opened = new Live(lesson, way, new Connection(socketUrl(), ticket));
        setLive(opened);
      },
      (error) => !gone && refused(codeOf(error), setFailed),
    );
    return () => {
      gone = true;
      opened?.close();
    };
  }, [lesson, way]);
  if (failed) return <Closed code={failed} way={way} lesson={lesson} />;
  if (!live) return <Opening />;
  return <Inside live={live} Screen={Screen} />;
}

function Inside({ live, Screen }: { live: Live; Screen: Props["Screen"] }) {
  const { ending, entered } = live.connection;
  if (ending.value) return <Closed code={ending.value.code} way={live.way} lesson={live.lesson} />;
  return entered.value ? <Screen live={live} /> : <Opening />;
}

function Opening() {
  return (
    <main class="entrance" aria-busy="true">
      <p>{t("live.opening")}</p>
    </main>
  );
}

function refused(code: string, show: (code: string) => void): void {
  if (code === "login" || code === "not-logged-in") go("/login");
  else show(code);
}

const STALE = ["bad-ticket", "ticket-expired"];

function Closed({ code, way, lesson }: { code: string; way: Way; lesson: string }) {
  useEffect(() => {
    if (STALE.includes(code)) forgetTicket(lesson, way);
  }, [code]);
  const words = code === "no-ticket" ? t("live.no-ticket") : tOr(`live.ending.${code}`, fallback(code));
  const home = way === "room" ? "/" : "/home";
  const again = ["elsewhere", "schema", "offline", ...(way === "room" ? [] : STALE)].includes(code);
  return (
    <main class="entrance">
      <p role="alert">{words}</p>
      <div class="row">
        {again && (
          <button class="button main" type="button" onClick={() => location.reload()}>
            {t(code === "elsewhere" ? "live.here" : "common.retry")}
          </button>
        )}
        <a class="button" href={home}>
          {t(way === "room" ? "live.to-door" : "live.to-home")}
        </a>
      </div>
    </main>
  );
}

function fallback(code: string) {
  return code === "offline" ? "error.offline" : "live.ending.other";
}
