// A button that has a lesson made into one video file, shows how far it is, and then saves it.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { codeOf } from "../home/api";
import { type Film, cancelFilm, filmOf, isComing, orderFilm } from "./film";

const EVERY_MS = 2000; // between two looks at a film that is being made

export function AsFilm({ lesson }: { lesson: string }) {
  const film = useSignal<Film | null>(null);
  const refused = useSignal("");
  const ask = (answer: Promise<Film>) =>
    answer.then((its) => (film.value = its)).catch((error) => (refused.value = codeOf(error)));
  useEffect(() => void ask(filmOf(lesson)), [lesson]);
  const coming = film.value !== null && isComing(film.value);
  useEffect(() => {
    if (!coming) return;
    const timer = setInterval(() => void ask(filmOf(lesson)), EVERY_MS);
    return () => clearInterval(timer);
  }, [coming, lesson]);

  if (!film.value) return null;
  if (coming) return <Coming film={film.value} cancel={() => void ask(cancelFilm(lesson))} />;
  if (film.value.state === "ready") return <Ready lesson={lesson} />;
  const why = refused.value || film.value.why;
  const order = () => {
    refused.value = "";
    void ask(orderFilm(lesson));
  };
  return (
    <>
      {why && (
        <span class="small quiet-text" role="alert">
          {t(why === "not-allowed" || why === "not-yours" ? "film.no-access" : "film.failed")}
        </span>
      )}
      <button class="button quiet" type="button" title={t("film.about")} onClick={order}>
        <Icon name="camera" size={20} />
        <span class="wide-only">{t("film.order")}</span>
      </button>
    </>
  );
}

function Coming({ film, cancel }: { film: Film; cancel: () => void }) {
  const making = film.state === "making";
  const words = making
    ? t("film.making", { n: Math.floor(100 * film.done) })
    : t(film.why ? "film.no-room" : film.ahead ? "film.queued" : "film.waiting", { n: film.ahead });
  return (
    <span class="film row" role="status">
      <progress value={film.done} max={1} aria-label={words} />
      <span class="small quiet-text digits">{words}</span>
      <button class="button quiet only-icon" type="button" title={t("film.cancel")} onClick={cancel}>
        <Icon name="x" size={20} />
        <span class="said-only">{t("film.cancel")}</span>
      </button>
    </span>
  );
}

function Ready({ lesson }: { lesson: string }) {
  const path = `/api/lessons/${lesson}/film`;
  return (
    <>
      <a class="button quiet" href={`${path}.mp4`} title={t("film.save")} download>
        <Icon name="camera" size={20} />
        <span class="wide-only">{t("film.save")}</span>
      </a>
      <a class="button quiet only-icon" href={`${path}.vtt`} title={t("film.captions")} download>
        <Icon name="message" size={20} />
        <span class="said-only">{t("film.captions")}</span>
      </a>
    </>
  );
}
