// The lessons that are over, as a table.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { AsPdf } from "../live/AsPdf";
import { Erase } from "./Erase";
import { Hold } from "./Hold";
import { aboutOf, mayReplay } from "./LessonCard";
import type { Account, Card } from "./api";
import { when } from "./when";

const SHOWN = 60; // characters of what was found

export function Past({ cards, account }: { cards: Card[]; account: Account }) {
  const [erased, forget] = useState<readonly string[]>([]);
  return (
    <section>
      <h2>{t("home.over")}</h2>
      <table class="table past">
        <tbody>
          {cards.filter(({ id }) => !erased.includes(id)).map((card) => (
            <tr key={card.id}>
              <td>
                <strong>{card.title}</strong>
                <div class="small quiet-text">
                  {aboutOf(card)}
                </div>
                {card.found && mayReplay(account) && <Found card={card} found={card.found} />}
              </td>
              <td class="quiet-text wide-only">{when(card.began_at || card.made_at)}</td>
              <td class="quiet-text number wide-only">{lasted(card)}</td>
              <td class="number">
                <div class="row">
                  <a class="button" href={`/after/${card.id}`}>
                    <Icon name="check" size={20} />
                    {t("home.after")}
                  </a>
                  {mayReplay(account) && (<>
                    <AsPdf lesson={card.id} short />
                    <a class="button" href={`/replay/${card.id}`}>
                      <Icon name="play" size={20} />
                      {t("home.replay")}
                    </a>
                    {account.role === "admin" && <Hold lesson={card.id} held={card.held === true} />}
                    {account.role === "admin" && (
                      <Erase lesson={card.id} name={card.title} done={() => forget([...erased, card.id])} />
                    )}
                  </>)}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What was looked for stands in the lesson: there it is, and a touch leads to that moment. */
function Found({ card, found: [at, text] }: { card: Card; found: [number, string] }) {
  const line = text.replace(/\s+/g, " ").trim();
  return (
    <a class="button quiet found-in" href={`/replay/${card.id}?at=${at}`}>
      <Icon name="search" size={20} />
      <span>{line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line}</span>
    </a>
  );
}

function lasted(card: Card): string {
  if (!card.began_at) return "";
  return t("home.minutes", { n: Math.max(1, Math.round((card.ended_at - card.began_at) / 60)) });
}
