// Addresses of programs that are told of lessons: made, tried, looked after and removed.
import { useEffect, useState } from "preact/hooks";
import { type Key, t, tOr } from "../../i18n";
import { Icon } from "../../style/Icon";
import { get, post, remove } from "../home/api";
import { when } from "../home/when";
import { Once } from "./Once";

/** A message to one of them; one with neither `next_at` nor `done_at` was given up. */
interface Sent {
  id: string;
  event: string;
  title: string;
  made_at: number;
  tries: number;
  tried_at: number;
  next_at: number;
  done_at: number;
  answer: string;
}

interface Webhook {
  id: string;
  url: string;
  events: string[];
  school: string;
  made_at: number;
  sent: Sent[];
}

interface Asked {
  url: string;
  events: string[];
}

const LOOK_MS = 3000;
const eventOf = (event: string): string => t(`outside.event.${event}` as Key);

export function Webhooks({ wordsOf }: { wordsOf: (error: unknown) => string }) {
  const [held, setHeld] = useState<{ webhooks: Webhook[]; events: string[] }>({ webhooks: [], events: [] });
  const [secret, setSecret] = useState("");
  const [making, setMaking] = useState(false);
  const [problem, setProblem] = useState("");
  const fail = (error: unknown) => setProblem(wordsOf(error));
  const open = () => get<typeof held>("/api/webhooks").then(setHeld, fail);
  useEffect(() => {
    void open();
    const timer = setInterval(() => document.hidden || void open(), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  const does = (done: Promise<unknown>) => void done.then(() => (setProblem(""), open()), fail);
  async function make(asked: Asked) {
    setSecret((await post<{ secret: string }>("/api/webhooks", asked)).secret);
    setMaking(false);
  }
  return (
    <section>
      <div class="row wrap">
        <h2 class="grow">{t("outside.hooks")}</h2>
        <button class="button" type="button" aria-expanded={making} onClick={() => setMaking(!making)}>
          <Icon name={making ? "x" : "plus"} size={20} />
          {t(making ? "common.close" : "outside.hook.new")}
        </button>
      </div>
      <p class="quiet-text">{t("outside.hooks.how")}</p>
      {problem && (
        <p class="band danger" role="alert">
          <Icon name="alert" />
          {problem}
        </p>
      )}
      {secret && <Once words={t("outside.hook.once")} secret={secret} />}
      {making && <Form events={held.events} make={(asked) => does(make(asked))} />}
      {!held.webhooks.length && <p class="none quiet-text">{t("outside.hook.none")}</p>}
      {held.webhooks.map((hook) => (
        <One key={hook.id} hook={hook} does={does} />
      ))}
    </section>
  );
}

function Form({ events, make }: { events: string[]; make: (asked: Asked) => void }) {
  const [form, setForm] = useState<Asked>({ url: "", events });
  const turn = (event: string, on: boolean) =>
    setForm({ ...form, events: on ? [...form.events, event] : form.events.filter((one) => one !== event) });
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        make(form);
      }}
    >
      <label class="field wide">
        <span>{t("outside.hook.url")}</span>
        <input
          class="input"
          type="url"
          required
          maxLength={500}
          placeholder="https://"
          value={form.url}
          onInput={(event) => setForm({ ...form, url: event.currentTarget.value })}
        />
      </label>
      <fieldset>
        <legend>{t("outside.hook.events")}</legend>
        {events.map((event) => (
          <label key={event}>
            <input
              type="checkbox"
              checked={form.events.includes(event)}
              onChange={({ currentTarget }) => turn(event, currentTarget.checked)}
            />
            {eventOf(event)}
          </label>
        ))}
      </fieldset>
      <button class="button main" type="submit">
        {t("outside.hook.make")}
      </button>
    </form>
  );
}

function One({ hook, does }: { hook: Webhook; does: (done: Promise<unknown>) => void }) {
  const at = `/api/webhooks/${hook.id}`;
  return (
    <article class="card hook">
      <div class="row wrap">
        <h3 class="grow secret">{hook.url}</h3>
        <button class="button" type="button" onClick={() => does(post(`${at}/ping`))}>
          {t("outside.hook.ping")}
        </button>
        <button
          class="button quiet"
          type="button"
          aria-label={t("outside.hook.remove.of", { url: hook.url })}
          onClick={() => does(remove(at))}
        >
          {t("outside.hook.remove")}
        </button>
      </div>
      <p class="quiet-text">
        {hook.events.map(eventOf).join(" · ")} · {hook.school || t("outside.hook.district")}
      </p>
      {hook.sent.length ? (
        <Messages sent={hook.sent} again={({ id }) => does(post(`${at}/deliveries/${id}`))} />
      ) : (
        <p class="none quiet-text">{t("outside.hook.quiet")}</p>
      )}
    </article>
  );
}

function Messages({ sent, again }: { sent: Sent[]; again: (one: Sent) => void }) {
  return (
    <table class="table">
      <thead>
        <tr>
          <th>{t("outside.sent.when")}</th>
          <th>{t("outside.sent.what")}</th>
          <th>{t("outside.sent.state")}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {sent.map((one) => (
          <tr key={one.id}>
            <td>{when(one.made_at)}</td>
            <td>
              {eventOf(one.event)}
              {one.title && <span class="quiet-text"> {one.title}</span>}
            </td>
            <td>
              <State one={one} />
            </td>
            <td>
              <button class="button quiet" type="button" onClick={() => again(one)}>
                {t("outside.sent.again")}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Arrived, waiting for another try, or given up: in words, with a sign. */
function State({ one }: { one: Sent }) {
  if (one.done_at)
    return (
      <span class="state good">
        <Icon name="check" size={20} />
        {t("outside.sent.done")}
      </span>
    );
  const why = one.answer && tOr(`outside.answer.${one.answer}`, "outside.answer.status", { status: one.answer });
  const next = one.next_at && one.tries ? t("outside.sent.next", { when: when(one.next_at) }) : "";
  return (
    <span class={`state ${one.next_at ? "" : "bad"}`}>
      <Icon name={one.next_at ? "timer" : "alert"} size={20} />
      {t(one.next_at ? "outside.sent.waiting" : "outside.sent.given-up", { tries: one.tries })} {why} {next}
    </span>
  );
}
