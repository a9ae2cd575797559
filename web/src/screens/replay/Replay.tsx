// The replay of a lesson: the board as it was written, the teacher beside it, on one clock.
import "../../core/late";
import "../../i18n/staff";
import "../../i18n/klass";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { LangButton } from "../../i18n/LangButton";
import { sheets } from "../../courseware/sheets";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { span, when } from "../home/when";
import { AsPdf } from "../live/AsPdf";
import { AsFilm } from "./AsFilm";
import { HoldHere } from "./HoldHere";
import { Whose } from "./Eyes";
import { Side } from "./Side";
import { Stage } from "./Stage";
import { TakeHome } from "./TakeHome";
import { Transport } from "./Transport";
import { expose } from "./diagnostics";
import { listen } from "./keys";
import { Player } from "./player";
import { Searching } from "./searching";
import { type Source, fromServer } from "./source";
import "./replay.css";
import "./search.css";

export default function Replay({ id = "", source }: { id?: string; source?: Source }) {
  const [player] = useState(() => new Player(source ?? fromServer(id, asked())));
  const [search] = useState(() => new Searching(player, (name) => sheets.words(name)));
  useTitle(player.card.value?.title);
  useEffect(() => {
    void player.open(moment());
    const deaf = listen(player);
    const hidden = expose(player);
    return () => {
      deaf();
      hidden();
      search.close();
      player.close();
    };
  }, [player, search]);

  if (player.failed.value) return <Failed player={player} id={id} />;
  return (
    <div class="replay">
      <Head player={player} />
      {player.ready.value ? (
        <>
          <Stage player={player} />
          <Side player={player} search={search} />
          <Transport player={player} search={search} />
        </>
      ) : (
        <main class="loading quiet-text" aria-busy="true">
          {t("replay.loading")}
        </main>
      )}
    </div>
  );
}

/** By which room's eyes: `?as=` its id. */
const asked = () => new URLSearchParams(location.search).get("as") ?? undefined;

/** Where it begins: `?at=` a second of the lesson. */
function moment(): number | undefined {
  const at = new URLSearchParams(location.search).get("at");
  return at && Number.isFinite(Number(at)) ? Number(at) : undefined;
}

function Head({ player }: { player: Player }) {
  const { house } = player.source;
  const card = player.card.value;
  const began = card?.began_at ? when(card.began_at) : "";
  const about = [card?.subject, player.ready.value ? player.teacherName() : "", began];
  return (
    <header>
      {house !== null && (
        <a class="button quiet only-icon" href="/home" title={t("common.back")}>
          <Icon name="chevron-left" />
          <span class="said-only">{t("common.back")}</span>
        </a>
      )}
      <h1>{card?.title}</h1>
      <Whose player={player} />
      <span class="quiet-text grow about">{about.filter(Boolean).join(" · ")}</span>
      {player.live.value && player.ready.value && (
        <span class="badge live">
          <Icon name="record" size={16} />
          {t("replay.live")}
        </span>
      )}
      {player.ready.value && house !== null && <HoldHere lesson={house} held={card?.held === true} />}
      {player.ready.value && house !== null && !player.live.value && <AsFilm lesson={house} />}
      {player.ready.value && house !== null && <AsPdf lesson={house} short />}
      {player.ready.value && house !== null && !player.live.value && <TakeHome lesson={house} />}
      <LangButton />
    </header>
  );
}

function Failed({ player, id }: { player: Player; id: string }) {
  const code = player.failed.value;
  const at = player.stoppedAt.value;
  const barred = code === "login" || code === "not-allowed" || code === "not-yours";
  return (
    <div class="broken">
      <p class={at === null ? "band danger" : "band warning"} role="alert">
        <Icon name={at === null ? "alert" : "shield"} />
        {at === null ? whyNot(code, barred) : t(whyStopped(code), { at: span(at) })}
      </p>
      {barred ? (
        <a class="button main" href={`/login?next=/replay/${id}`}>
          <Icon name="log-in" size={20} />
          {t("login.enter")}
        </a>
      ) : (
        <button class="button main" type="button" onClick={() => location.reload()}>
          {t("common.retry")}
        </button>
      )}
    </div>
  );
}

function whyNot(code: string, barred: boolean): string {
  if (code === "no-lesson") return t("replay.no-lesson");
  if (barred) return t("replay.no-access");
  return t("replay.failed", { why: t(code === "offline" ? "error.offline" : "error.unknown") });
}

const whyStopped = (code: string) => (code === "login" ? "replay.logged-out" : "replay.revoked");
