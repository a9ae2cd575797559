// The screen of a classroom between lessons: what comes next, or the code that pairs it.
import "../../i18n/classroom";
import { useEffect, useState } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { type Key, t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { type Next, type Seen, type Status, ask, listen, look, wordsOf } from "./keeper";
import "../../style/gate.css";
import "./classroom.css";

export default function Classroom() {
  useTitle(t("classroom.title"));
  const [{ status: said, trouble }, see] = useState<Seen>({ status: null, trouble: "" });
  useEffect(() => {
    listen(see);
    void look();
  }, []);
  return (
    <div class="gate classroom">
      <header>
        <strong>{said && !said.code ? `${said.school} · ${said.classroom}` : t("app.name")}</strong>
        <LangButton />
      </header>
      <main aria-live="polite">
        {said ? said.code ? <Code code={said.code} /> : <Between said={said} /> : <Unpaired trouble={trouble} />}
        {trouble === "offline" && (
          <p class="band warning">
            <Icon name="wifi-off" />
            {wordsOf(trouble)}
          </p>
        )}
      </main>
      <footer>
        <button class="button quiet" type="button" onClick={() => go("/")}>
          {t("classroom.door")}
        </button>
      </footer>
    </div>
  );
}

function Code({ code }: { code: string }) {
  return (
    <>
      <h1>{t("classroom.pair")}</h1>
      <p>{t("classroom.pair.how")}</p>
      <p class="code digits">
        {code.slice(0, 3)} {code.slice(3)}
      </p>
      <p class="quiet-text">{t("classroom.pair.once")}</p>
    </>
  );
}

function Unpaired({ trouble }: { trouble: string }) {
  if (!trouble || trouble === "offline") return null; // not looked yet
  return (
    <>
      <h1>{t("classroom.pair")}</h1>
      <p>{wordsOf(trouble)}</p>
      <button class="button main" type="button" onClick={() => void ask()}>
        {t("classroom.pair.show")}
      </button>
    </>
  );
}

function Between({ said }: { said: Status }) {
  if (said.now) {
    const words = said.lesson ? "classroom.entering" : "classroom.not-open";
    return <Lesson title={t("classroom.now")} one={said.now} today={said.today} words={t(words)} />;
  }
  if (!said.next) return <h1>{t("classroom.none")}</h1>;
  return <Lesson title={t("classroom.next")} one={said.next} today={said.today} words={t("classroom.by-itself")} />;
}

function Lesson(props: { title: string; one: Next; today: string; words: string }) {
  const { one } = props;
  const day = one.day === props.today ? "" : t(`classroom.day.${weekday(one.day)}` as Key);
  return (
    <>
      <h1>{props.title}</h1>
      <p class="when digits">
        {day} {clock(one.starts)}
      </p>
      <p class="what">
        {one.title}
        {one.teacher && <span class="who">{one.teacher}</span>}
      </p>
      <p class="quiet-text">{props.words}</p>
    </>
  );
}

/** 1 is Monday. */
function weekday(day: string): number {
  return new Date(`${day}T12:00:00Z`).getUTCDay() || 7;
}

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
