// Linking one's own account with the district's or the school's login, and taking that back.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { useFocus } from "../district/Fields";
import { get, post, remove } from "../home/api";
import { type Linked, sinceOf, wordsFor, wordsOf } from "./linked";

const MINE = "/api/oidc/mine";

export function OtherLogin() {
  const came = new URLSearchParams(location.search);
  const [linked, setLinked] = useState<Linked | null>(null);
  const [problem, setProblem] = useState(wordsOfComing(came));
  const [said, setSaid] = useState(came.has("linked") ? t("account.linked") : "");
  const [asking, setAsking] = useState(false);
  const failed = (error: unknown) => setProblem(wordsOf(error));
  const look = () => get<Linked>(MINE).then(setLinked, failed);
  useEffect(() => {
    history.replaceState(history.state, "", location.pathname); // what was said is said once
    void look();
  }, []);
  function tell(words: string) {
    setAsking(false);
    setProblem("");
    setSaid(words);
    void look();
  }
  const link = () => void post<{ to: string }>(MINE).then(({ to }) => location.assign(to), failed);
  const unlink = () => void remove(MINE).then(() => tell(t("account.unlinked")), failed);
  if (!linked?.name) return linked || problem ? <Said problem={problem} said="" none={!!linked} /> : null;
  const { name, subjects } = linked;
  return (
    <section class="card">
      <h2>{name}</h2>
      <p class="quiet-text">{t("account.other.how", { name })}</p>
      <Said problem={problem} said={problem ? "" : said} />
      {subjects.map(({ subject, since }) => (
        <p key={subject} class="row wrap">
          <Icon name="check" />
          <strong>{t("account.is", { subject })}</strong>
          <span class="quiet-text">{sinceOf(since)}</span>
        </p>
      ))}
      {!subjects.length && (
        <div>
          <button class="button main" type="button" onClick={link}>
            {t("account.link", { name })}
          </button>
        </div>
      )}
      {subjects.length > 0 && (
        <Unlink name={name} asking={asking} ask={setAsking} unlink={unlink} />
      )}
    </section>
  );
}

function Said({ problem, said, none = false }: { problem: string; said: string; none?: boolean }) {
  const words = problem || said;
  return (
    <>
      {none && <p class="quiet-text">{t("account.none")}</p>}
      {words && (
        <p class={problem ? "band danger" : "band"} role={problem ? "alert" : "status"}>
          <Icon name={problem ? "alert" : "check"} />
          {words}
        </p>
      )}
    </>
  );
}

/** Asked again first: without a password of one's own there is no other way in. */
function Unlink(props: { name: string; asking: boolean; ask: (on: boolean) => void; unlink: () => void }) {
  const { name, asking, ask, unlink } = props;
  if (!asking)
    return (
      <div>
        <button class="button" type="button" onClick={() => ask(true)}>
          {t("account.unlink")}
        </button>
      </div>
    );
  return (
    <div class="band warning" role="alertdialog" aria-label={t("account.unlink")}>
      <p class="grow">{t("account.unlink.sure", { name })}</p>
      <button class="button" type="button" onClick={unlink}>
        {t("account.unlink.yes")}
      </button>
      <Keep keep={() => ask(false)} />
    </div>
  );
}

/** What Enter does where nobody has thought about it yet. */
function Keep({ keep }: { keep: () => void }) {
  const button = useFocus<HTMLButtonElement>();
  return (
    <button ref={button} class="button main" type="button" onClick={keep}>
      {t("account.unlink.no")}
    </button>
  );
}

function wordsOfComing(came: URLSearchParams): string {
  const code = came.get("problem");
  return code ? wordsFor(code) : "";
}
