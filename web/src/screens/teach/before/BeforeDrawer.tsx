// What a teacher sets before class: warm-up questions and reading tasks; and how far the rooms are.
import { type Signal, useSignal } from "@preact/signals";
import { totalOf } from "../../../channels/warmup";
import { t } from "../../../i18n";
import { Icon } from "../../../style/Icon";
import type { Live } from "../../live/live";
import { ReadingForm } from "./ReadingForm";

const LONGEST_QUESTION = 200; // characters; synclass/preclass/warmup.py
const LONGEST_CHOICE = 60;
const MOST_CHOICES = 6;

export function BeforeDrawer({ live, wall }: { live: Live; wall: Signal<boolean> }) {
  const before = live.store.signals.conduct.value.stage === "preclass";
  return (
    <section class="before-drawer">
      <h2>{t("before")}</h2>
      {before && (
        <button
          class="button"
          type="button"
          aria-pressed={wall.value}
          onClick={() => (wall.value = !wall.value)}
        >
          <Icon name="list" size={20} />
          {t("ready")}
        </button>
      )}
      <a class="button" href={`/plan/${live.lesson}`} target="_blank">
        <Icon name="lines" size={20} />
        {t("plan.open")}
      </a>
      <Warmups live={live} before={before} />
      <Readings live={live} before={before} />
    </section>
  );
}

interface Props {
  live: Live;
  before: boolean;
}

function Warmups({ live, before }: Props) {
  const state = live.store.signals.warmup.value;
  return (
    <section aria-label={t("warmup")}>
      <h3>{t("warmup")}</h3>
      {!state.questions.size && <p class="small quiet-text">{t("warmup.none")}</p>}
      <ol>
        {[...state.questions].map(([question, { text, choices }]) => (
          <li key={question} class="card">
            <div class="row">
              <strong class="grow">{text}</strong>
              {before && (
                <Take
                  name={text}
                  take={() => live.connection.ask({ t: "warmup.drop", question })}
                />
              )}
            </div>
            <ul class="small">
              {choices.map((choice, i) => (
                <li class="row" key={i}>
                  <span class="grow">{choice}</span>
                  <b class="digits">{totalOf(state, question)[i]}</b>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {before && <WarmupForm live={live} />}
    </section>
  );
}

function WarmupForm({ live }: { live: Live }) {
  const text = useSignal("");
  const choices = useSignal(["", ""]);
  function set(event: Event) {
    event.preventDefault();
    const given = choices.value.map((one) => one.trim()).filter(Boolean);
    live.connection.ask({ t: "warmup.set", text: text.value, choices: given });
    text.value = "";
    choices.value = ["", ""];
  }
  const change = (i: number, word: string) => {
    const next = choices.value.map((one, n) => (n === i ? word : one));
    choices.value = next.every(Boolean) && next.length < MOST_CHOICES ? [...next, ""] : next;
  };
  return (
    <form class="field" onSubmit={set}>
      <label class="field">
        <span>{t("warmup.text")}</span>
        <input
          class="input"
          required
          maxLength={LONGEST_QUESTION}
          value={text.value}
          onInput={({ currentTarget }) => (text.value = currentTarget.value)}
        />
      </label>
      {choices.value.map((choice, i) => (
        <input
          key={i}
          class="input"
          required={i < 2}
          maxLength={LONGEST_CHOICE}
          aria-label={t("warmup.choice", { n: i + 1 })}
          placeholder={t("warmup.choice", { n: i + 1 })}
          value={choice}
          onInput={({ currentTarget }) => change(i, currentTarget.value)}
        />
      ))}
      <button class="button" type="submit">
        {t("warmup.set")}
      </button>
    </form>
  );
}

function Readings({ live, before }: Props) {
  const { tasks, ticks } = live.store.signals.reading.value;
  const read = (task: number) => [...ticks.values()].filter((one) => one.read.includes(task)).length;
  return (
    <section aria-label={t("reading")}>
      <h3>{t("reading")}</h3>
      {!tasks.size && <p class="small quiet-text">{t("reading.none")}</p>}
      <ol>
        {[...tasks].map(([task, { title, pages }]) => (
          <li key={task} class="card row">
            <span class="grow">
              <strong>{title}</strong>{" "}
              {pages.length > 0 && <span class="small">{t("reading.pages", { n: pages.length })}</span>}
              <br />
              <span class="small quiet-text">{t("reading.rooms", { n: read(task) })}</span>
            </span>
            {before && (
              <Take name={title} take={() => live.connection.ask({ t: "reading.drop", task })} />
            )}
          </li>
        ))}
      </ol>
      {before && <ReadingForm live={live} />}
    </section>
  );
}

function Take({ name, take }: { name: string; take: () => void }) {
  return (
    <button
      class="button quiet only-icon"
      type="button"
      aria-label={t("before.drop", { name })}
      onClick={take}
    >
      <Icon name="trash" size={20} />
    </button>
  );
}
