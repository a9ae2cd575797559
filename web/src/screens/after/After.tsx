// What comes after a lesson, on one page.
import "../../i18n/after";
import "../../i18n/staff";
import { useEffect, useState } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { type Key, t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { type Account, type Card, get, me } from "../home/api";
import { Homework } from "./Homework";
import { Report } from "./Report";
import { Share } from "./Share";
import { wordsOf } from "./after";
import "./after.css";

export default function After({ id = "" }: { id?: string }) {
  const [account, setAccount] = useState<Account | null>(null);
  const [card, setCard] = useState<Card | null>(null);
  const [problem, setProblem] = useState("");
  useTitle(card?.title);
  useEffect(() => {
    me().then(
      (found) => {
        if (!found || found.given) return go(`/login?next=/after/${id}`);
        setAccount(found);
        get<Card>(`/api/lessons/${id}`).then(setCard, (error) => setProblem(wordsOf(error)));
      },
      (error) => setProblem(wordsOf(error)),
    );
  }, [id]);
  return (
    <div class="after">
      <header>
        <a class="button quiet" href="/home">
          <Icon name="chevron-left" size={20} />
          {t("common.back")}
        </a>
        <h1>{card?.title ?? t("after.title")}</h1>
        <span class="grow quiet-text">{[card?.subject, card?.by].filter(Boolean).join(" · ")}</span>
        <LangButton />
      </header>
      {problem && <p class="band danger" role="alert">{problem}</p>}
      <main>{account && card && <Views lesson={id} account={account} />}</main>
    </div>
  );
}

const VIEWS = ["homework", "report", "resource"] as const;
const SHARES: readonly string[] = ["teacher", "admin"]; // synclass/permissions.py

function Views({ lesson, account }: { lesson: string; account: Account }) {
  const [view, show] = useState<(typeof VIEWS)[number]>("homework");
  if (account.role === "co-teacher") return <Homework lesson={lesson} account={account} />;
  return (
    <>
      <div class="row wrap">
        <div class="row wrap" role="tablist">
          {VIEWS.filter((one) => one !== "resource" || SHARES.includes(account.role)).map((one) => (
            <button
              key={one}
              class="button quiet"
              type="button"
              role="tab"
              aria-selected={one === view}
              onClick={() => show(one)}
            >
              {t(`after.${one}` satisfies Key)}
            </button>
          ))}
        </div>
        <a class="button quiet" href={`/replay/${lesson}`}>
          {t("after.replay")}
        </a>
      </div>
      {view === "homework" && <Homework lesson={lesson} account={account} />}
      {view === "resource" && <Share lesson={lesson} />}
      {view === "report" && <Report lesson={lesson} />}
    </>
  );
}
