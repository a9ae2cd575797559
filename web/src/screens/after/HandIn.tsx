// Handing in: a photograph, a sheet written by hand, or typed words; of a device or a co-teacher.
import { useState } from "preact/hooks";
import { lighter } from "../../courseware/lighter";
import { type Key, t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Ink } from "../../wire.gen";
import { post } from "../home/api";
import { penOf, Pens } from "./Pens";
import { type Lying, Sheet } from "./Sheet";
import { type Receipt, sendPhoto, strokeOf, wordsOf } from "./after";

const WAYS = ["photo", "ink", "type"] as const;
type Way = (typeof WAYS)[number];
const PAPER = { width: 1440, height: 1080 };

interface Props {
  /** Where works go: with /works and /photos behind it. */
  path: string;
  /** Names to choose among; others can be typed. */
  pupils: readonly string[];
  /** Null where it is known whose school it is. */
  school: string | null;
  pupil?: string;
  /** Of what was handed in before by this device. */
  receipt?: string;
  done: (receipt: Receipt, pupil: string, school: string) => void;
}

export function HandIn(props: Props) {
  const [pupil, setPupil] = useState(props.pupil ?? "");
  const [school, setSchool] = useState(props.school ?? "");
  const [way, setWay] = useState<Way>("photo");
  const [photo, setPhoto] = useState<{ file: File; shown: string } | null>(null);
  const [ink, setInk] = useState<readonly Ink[]>([]);
  const [colour, setColour] = useState(2);
  const [text, setText] = useState("");
  const [sent, setSent] = useState<number | null>(null);
  const [problem, setProblem] = useState("");
  const filled = way === "photo" ? photo : way === "ink" ? ink.length : text.trim();
  const named = pupil.trim() && (props.school === null || school.trim());

  async function choose(file: File | undefined): Promise<void> {
    if (!file) return;
    const light = await lighter(file);
    if (photo) URL.revokeObjectURL(photo.shown);
    setPhoto({ file: light, shown: URL.createObjectURL(light) });
  }

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    setProblem("");
    setSent(0);
    const who = { pupil, school, receipt: props.receipt ?? "" };
    try {
      let receipt: Receipt;
      if (way === "photo" && photo) {
        receipt = await sendPhoto(`${props.path}/photos?${new URLSearchParams(who)}`, photo.file, setSent);
      } else {
        const sheet = way === "ink" ? { ink: ink.map(strokeOf), ...PAPER } : { text };
        receipt = await post<Receipt>(`${props.path}/works`, { ...who, ...sheet });
      }
      props.done(receipt, pupil.trim(), school.trim());
    } catch (error) {
      setProblem(wordsOf(error));
    }
    setSent(null);
  }

  return (
    <form class="hand-in" onSubmit={(event) => void send(event)}>
      <div class="row wrap">
        {props.school !== null && (
          <Named label={t("after.hand.school")} value={school} set={setSchool} among={[]} />
        )}
        <Named label={t("after.hand.pupil")} value={pupil} set={setPupil} among={props.pupils} />
      </div>
      <div class="row wrap" role="tablist">
        {WAYS.map((one) => (
          <button
            key={one}
            class="button"
            type="button"
            role="tab"
            aria-selected={one === way}
            onClick={() => setWay(one)}
          >
            <Icon name={one === "photo" ? "camera" : one === "ink" ? "pen" : "lines"} size={20} />
            {t(`after.hand.${one}` satisfies Key)}
          </button>
        ))}
      </div>
      {way === "photo" && <Photo photo={photo} choose={(file) => void choose(file)} />}
      {way === "ink" && (
        <>
          <p class="small quiet-text">{t("after.hand.paper")}</p>
          <Pens
            colour={colour}
            choose={setColour}
            undo={() => setInk(ink.slice(0, -1))}
            written={ink.length}
          />
          <Sheet
            sheet={blank(ink)}
            label={t("after.hand.paper")}
            pen={penOf(colour)}
            wrote={(one) => setInk((all) => [...all, one])}
          />
        </>
      )}
      {way === "type" && (
        <textarea
          class="input"
          rows={6}
          maxLength={2000}
          aria-label={t("after.hand.text")}
          placeholder={t("after.hand.text")}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      )}
      {problem && (
        <p class="band danger" role="alert">
          {problem}
        </p>
      )}
      <button class="button main" type="submit" disabled={!filled || !named || sent !== null}>
        {sent === null
          ? t(props.receipt ? "after.hand.again" : "after.hand.send")
          : t("after.hand.sending", { percent: Math.round(sent * 100) })}
      </button>
    </form>
  );
}

const blank = (ink: readonly Ink[]): Lying => ({ ...PAPER, picture: "", text: "", ink });

interface Field {
  label: string;
  value: string;
  set: (value: string) => void;
  among: readonly string[];
}

function Named({ label, value, set, among }: Field) {
  const list = among.length ? "pupils" : undefined;
  return (
    <label class="field grow">
      <span>{label}</span>
      <input
        class="input"
        required
        maxLength={40}
        list={list}
        value={value}
        onInput={(event) => set(event.currentTarget.value)}
      />
      {list && (
        <datalist id={list}>
          {among.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
    </label>
  );
}

function Photo(props: { photo: { file: File; shown: string } | null; choose: (file?: File) => void }) {
  return (
    <>
      <label class="button photo">
        <Icon name="camera" size={20} />
        {t("after.hand.choose")}
        <input
          class="said-only"
          type="file"
          accept="image/jpeg,image/png,image/webp"
          onChange={(event) => props.choose(event.currentTarget.files?.[0])}
        />
      </label>
      {props.photo && (
        <figure class="chosen">
          <img src={props.photo.shown} alt={t("after.hand.photo")} />
          <figcaption class="small quiet-text">
            {t("after.hand.size", { kb: Math.ceil(props.photo.file.size / 1000) })}
          </figcaption>
        </figure>
      )}
    </>
  );
}

