// A lesson that can be entered: its code in digits a class can read, who is there, one main button.
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Account, Card } from "./api";
import { when } from "./when";

export function LessonCard({ card, account }: { card: Card; account: Account }) {
  const live = card.began_at > 0;
  return (
    <li class="card lesson">
      <div class="row">
        <span class={live ? "badge live" : "badge ready"}>
          <Icon name={live ? "record" : "bell"} size={16} />
          {t(live ? "home.badge.live" : "home.badge.ready")}
        </span>
        <span class="small quiet-text">
          {live
            ? t("home.began", { when: when(card.began_at) })
            : t("home.made", { when: when(card.made_at) })}
        </span>
      </div>
      <div>
        <h3>{card.title}</h3>
        <p class="quiet-text">{aboutOf(card)}</p>
      </div>
      <div class="door-code">
        <span class="small quiet-text">{t("home.code")}</span>
        <strong class="digits">{inThrees(card.code)}</strong>
        <span class="row small">
          <Icon name="users" size={20} />
          {t("home.rooms", { n: card.present })}
        </span>
      </div>
      <Doors card={card} account={account} />
    </li>
  );
}

function Doors({ card, account }: { card: Card; account: Account }) {
  const live = card.began_at > 0;
  const mine = account.role === "teacher" && account.name === card.teacher;
  return (
    <div class="row wrap">
      {mine && (
        <a class="button main" href={`/teach/${card.id}`}>
          {t(live ? "home.enter" : "home.start")}
        </a>
      )}
      {account.role !== "teacher" && (
        <a class="button main" href={`/watch/${card.id}`}>
          <Icon name="eye" size={20} />
          {t(account.role === "co-teacher" ? "home.enter" : "home.watch")}
        </a>
      )}
      <a class="button" href={`/plan/${card.id}`}>
        <Icon name="lines" size={20} />
        {t("home.plan")}
      </a>
      {live && mayReplay(account) && (
        <a class="button" href={`/replay/${card.id}`}>
          <Icon name="play" size={20} />
          {t("home.replay")}
        </a>
      )}
    </div>
  );
}

export const mayReplay = (account: Account) => account.role !== "co-teacher";

/** Its kind, subject and teacher. */
export const aboutOf = ({ kind, subject, by }: Card) =>
  [kind && t(`district.kind.${kind}`), subject, by].filter(Boolean).join(" · ");

/** 482913 is read out as 482 913. */
const inThrees = (code: string) => `${code.slice(0, 3)}\u2009${code.slice(3)}`;
