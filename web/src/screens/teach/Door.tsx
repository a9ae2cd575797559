// How rooms come in: the code in digits for the telephone, a QR for the screen, a line to copy.
import type { Signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { usePanel } from "../../style/usePanel";
import { type Card, get } from "../home/api";
import type { Live } from "../live/live";

export function Door({ live, open }: { live: Live; open: Signal<boolean> }) {
  const [code, setCode] = useState("");
  useEffect(() => {
    get<Card>(`/api/lessons/${live.lesson}`).then(
      (card) => setCode(card.code),
      () => setCode(""),
    );
  }, [live.lesson]);
  return code ? <Shown live={live} open={open} code={code} /> : null;
}

function Shown({ live, open, code }: { live: Live; open: Signal<boolean>; code: string }) {
  const { title } = live.store.signals.conduct.value;
  const panel = usePanel<HTMLElement>(() => (open.value = false));
  const url = location.origin;
  return (
    <section class="door-panel card" aria-label={t("teach.code.show")} {...panel}>
      <button
        class="button quiet only-icon close"
        type="button"
        aria-label={t("common.close")}
        onClick={() => (open.value = false)}
      >
        <Icon name="x" />
      </button>
      <h2>{t("teach.code")}</h2>
      <p class="code-digits digits">{`${code.slice(0, 3)} ${code.slice(3)}`}</p>
      <img src={`/api/door/qr.svg?code=${code}`} alt="" width={200} height={200} />
      <p>{t("teach.code.how")}</p>
      <p class="digits url">{url}</p>
      <Copy text={t("teach.code.text", { title, url, code })} />
    </section>
  );
}

function Copy({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard?.writeText(text).catch(() => undefined);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  }
  if (!navigator.clipboard) return <p class="small copy-text">{text}</p>;
  return (
    <button class="button" type="button" onClick={copy}>
      <Icon name={copied ? "check" : "lines"} size={20} />
      {t(copied ? "teach.code.copied" : "teach.code.copy")}
    </button>
  );
}
