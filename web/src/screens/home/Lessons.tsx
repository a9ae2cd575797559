// The lessons: running ones first as large cards, past ones as a table to look through.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { BringIn } from "./BringIn";
import { LessonCard } from "./LessonCard";
import { NewLesson } from "./NewLesson";
import { Past } from "./Past";
import { EVERYWHERE, query, Where, type Within } from "./Within";
import { type Account, type Card, codeOf, get } from "./api";

const REFRESH_MS = 5000;
const MAY_BRING: readonly string[] = ["teacher", "admin"]; // synclass/permissions.py
const TYPING_MS = 250;

export function Lessons({ account }: { account: Account }) {
  const [text, setText] = useState("");
  const [within, setWithin] = useState(EVERYWHERE);
  const { cards, problem } = useCards(text, within);
  const live = cards?.filter((card) => card.began_at && !card.ended_at) ?? [];
  const ready = cards?.filter((card) => !card.began_at && !card.ended_at) ?? [];
  const past = cards?.filter((card) => card.ended_at) ?? [];
  return (
    <>
      {account.role === "teacher" && <NewLesson />}
      <label class="search">
        <Icon name="search" size={20} />
        <input
          class="input"
          type="search"
          placeholder={t("home.search")}
          aria-label={t("home.search")}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <Where
        within={within}
        choose={setWithin}
        cards={cards ?? []}
        ofAll={account.role !== "teacher"}
      />
      {problem && (
        <p class="band warning" role="status">
          <Icon name="wifi-off" />
          {problem}
        </p>
      )}
      {cards?.length === 0 && <p class="none quiet-text">{none(account, text, within)}</p>}
      <Group title={t("home.live")} cards={live} account={account} />
      <Group title={t("home.ready")} cards={ready} account={account} />
      {MAY_BRING.includes(account.role) && <BringIn account={account} />}
      {past.length > 0 && <Past cards={past} account={account} />}
    </>
  );
}

function Group(props: { title: string; cards: Card[]; account: Account }) {
  if (!props.cards.length) return null;
  return (
    <section>
      <h2>{props.title}</h2>
      <ul class="cards">
        {props.cards.map((card) => (
          <LessonCard key={card.id} card={card} account={props.account} />
        ))}
      </ul>
    </section>
  );
}

function none(account: Account, text: string, within: Within): string {
  if (text) return t("home.none.found", { text });
  if (query(within)) return t("home.none.within");
  return t(account.role === "teacher" ? "home.none" : "home.none.watch");
}

/** The cards that match the text, asked again every few seconds while the page is looked at. */
function useCards(text: string, within: Within) {
  const [cards, setCards] = useState<Card[] | null>(null);
  const [problem, setProblem] = useState("");

  useEffect(() => {
    let current = true;
    const path = `/api/lessons?text=${encodeURIComponent(text)}&${query(within)}`;
    async function refresh() {
      if (document.hidden) return;
      try {
        const { lessons } = await get<{ lessons: Card[] }>(path);
        if (current) setCards(lessons);
        if (current) setProblem("");
      } catch (error) {
        const offline = codeOf(error) === "offline";
        if (current) setProblem(t(offline ? "error.offline" : "error.unknown"));
      }
    }
    const soon = setTimeout(refresh, cards ? TYPING_MS : 0);
    const often = setInterval(refresh, REFRESH_MS);
    return () => {
      current = false;
      clearTimeout(soon);
      clearInterval(often);
    };
  }, [text, within]);

  return { cards, problem };
}
