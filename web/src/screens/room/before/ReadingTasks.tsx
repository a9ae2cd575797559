// What is to be read before class: the text and the pages in large, and a tick when it was read.
import { useEffect, useState } from "preact/hooks";
import { hasRead } from "../../../channels/reading";
import { URGENT } from "../../../courseware/parts";
import { sheets } from "../../../courseware/sheets";
import { t } from "../../../i18n";
import { Icon } from "../../../style/Icon";
import type { Live } from "../../live/live";

export function ReadingTasks({ live, room }: { live: Live; room: string }) {
  const reading = live.store.signals.reading.value;
  return (
    <section class="reading-tasks" aria-label={t("reading")}>
      {[...reading.tasks].map(([task, { title, text, pages }]) => {
        const read = hasRead(reading, room, task);
        return (
          <article key={task}>
            <h2>{title}</h2>
            {text && <p class="text">{text}</p>}
            {pages.map((name, i) => (
              <Page key={name + i} name={name} n={i + 1} />
            ))}
            <button
              class={read ? "button big" : "button main big"}
              type="button"
              aria-pressed={read}
              onClick={() => live.connection.ask({ t: "reading.tick", task, room, read: !read })}
            >
              <Icon name="check" size={28} />
              {t(read ? "reading.is-read" : "reading.tick")}
            </button>
          </article>
        );
      })}
    </section>
  );
}

function Page({ name, n }: { name: string; n: number }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let gone = false;
    let made = "";
    sheets.blob(name, URGENT).then(
      (blob) => !gone && setUrl((made = URL.createObjectURL(blob))),
      () => undefined, // the courier tries on; a page that is not here has its place
    );
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [name]);
  return <img src={url} alt={t("reading.page", { n })} class="reading-page" />;
}
