// The drawer of who writes where: on the board, each on its own layer, or in a box of its own.
import { type Signal, useSignal } from "@preact/signals";
import { those } from "../../channels/conduct";
import { HEIGHT, WIDTH } from "../../channels/gaze";
import { marksOn } from "../../channels/layers";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Live } from "../live/live";
import { LayerThumb } from "./LayerThumb";

const WRITERS = ["nobody", "stage", "everyone"] as const;

export function Writing({ live }: { live: Live }) {
  return (
    <div class="writing">
      <Let live={live} />
      <Layers live={live} />
      <Boxes live={live} />
    </div>
  );
}

function Let({ live }: { live: Live }) {
  const board = live.store.signals.board.value;
  return (
    <section>
      <h2>{t("teach.let")}</h2>
      <div class="segments" role="group" aria-label={t("teach.let")}>
        {WRITERS.map((who) => (
          <button
            key={who}
            class="button small-button"
            type="button"
            aria-pressed={board.let === who}
            onClick={() => live.connection.ask({ t: "board.let", who })}
          >
            {t(`teach.let.${who}`)}
          </button>
        ))}
      </div>
    </section>
  );
}

function Layers({ live }: { live: Live }) {
  const layers = live.store.signals.layers.value;
  const { current } = live.store.signals.pages.value;
  const here = layers.own.filter(({ page }) => page === current);
  return (
    <section>
      <h2>{t("layers")}</h2>
      <p class="small quiet-text">{t(layers.open ? "layers.open.why" : "layers.why")}</p>
      <button
        class={layers.open ? "button" : "button main"}
        type="button"
        onClick={() => live.connection.ask({ t: layers.open ? "layers.close" : "layers.open" })}
      >
        <Icon name={layers.open ? "x" : "layers"} size={20} />
        {t(layers.open ? "layers.close" : "layers.go")}
      </button>
      {layers.open && !here.length && <p class="quiet-text">{t("layers.none")}</p>}
      <ul class="layer-list">
        {here.map(({ who }) => (
          <LayerCard key={who} live={live} who={who} page={current} />
        ))}
      </ul>
    </section>
  );
}

function LayerCard({ live, who, page }: { live: Live; who: string; page: number }) {
  const { own, shown } = live.store.signals.layers.value;
  const marks = marksOn(own, who, page);
  const seen = marksOn(shown, who, page);
  const name = live.nameOf(who);
  const ask = (act: "layer.show" | "layer.hide" | "layer.promote") =>
    live.connection.ask({ t: act, who, page });
  const erase = () => {
    const numbers = marks.map(({ number }) => number);
    live.connection.ask({ t: "layer.erase", who, page, marks: numbers });
  };
  const isNew = seen.length > 0 && seen.length !== marks.length;
  return (
    <li class={seen.length ? "layer-card shown" : "layer-card"} aria-label={name}>
      <button
        class="leaf"
        type="button"
        aria-label={t(seen.length ? "layers.hide.of" : "layers.show.of", { name })}
        aria-pressed={seen.length > 0}
        onClick={() => ask(seen.length ? "layer.hide" : "layer.show")}
      >
        <LayerThumb live={live} marks={marks} page={page} />
        <span class="name">{name}</span>
      </button>
      <div class="layer-acts">
        <button
          class="button small-button"
          type="button"
          aria-pressed={seen.length > 0}
          onClick={() => ask(seen.length && !isNew ? "layer.hide" : "layer.show")}
        >
          {t(isNew ? "layers.renew" : seen.length ? "layers.hide" : "layers.show")}
        </button>
        <button class="button small-button" type="button" onClick={() => ask("layer.promote")}>
          {t("layers.promote")}
        </button>
        <button
          class="button small-button only-icon"
          type="button"
          aria-label={t("layers.erase", { name })}
          onClick={erase}
        >
          <Icon name="trash" size={20} />
        </button>
      </div>
    </li>
  );
}

function Boxes({ live }: { live: Live }) {
  const rooms = those(live.store.signals.conduct.value, "classroom");
  const { boxes } = live.store.signals.board.value;
  const { current: page } = live.store.signals.pages.value;
  const chosen = useSignal("");
  const who = rooms.some(({ id }) => id === chosen.value) ? chosen.value : (rooms[0]?.id ?? "");
  const here = [...boxes].filter(([, box]) => box.page === page);
  return (
    <section>
      <h2>{t("boxes")}</h2>
      <p class="small quiet-text">{t("boxes.why")}</p>
      {rooms.length > 0 && <GiveBox live={live} who={who} chosen={chosen} page={page} />}
      <ul>
        {here.map(([box, grant]) => (
          <li class="row" key={box}>
            <span class="grow name">{live.nameOf(grant.who)}</span>
            <button
              class="button small-button"
              type="button"
              onClick={() => live.connection.ask({ t: "box.take", box })}
            >
              {t("boxes.take")}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface GiveProps {
  live: Live;
  who: string;
  chosen: Signal<string>;
  page: number;
}

function GiveBox({ live, who, chosen, page }: GiveProps) {
  const rooms = those(live.store.signals.conduct.value, "classroom");
  const drawing = live.boxing.value === who;
  const whole = () =>
    live.connection.ask({ t: "box.give", who, page, box: [0, 0, WIDTH, HEIGHT] });
  return (
    <div class="give-box">
      <select
        class="input"
        aria-label={t("boxes.whose")}
        value={who}
        onChange={(event) => (chosen.value = event.currentTarget.value)}
      >
        {rooms.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <button
        class="button small-button"
        type="button"
        aria-pressed={drawing}
        onClick={() => (live.boxing.value = drawing ? null : who)}
      >
        {t(drawing ? "boxes.drawing" : "boxes.draw")}
      </button>
      <button class="button small-button" type="button" onClick={whole}>
        {t("boxes.page")}
      </button>
    </div>
  );
}
