// A secret that is shown this once, with a button that copies it.
import { useState } from "preact/hooks";
import { t } from "../../i18n";

export function Once({ words, secret }: { words: string; secret: string }) {
  const [copied, setCopied] = useState("");
  const copy = () => navigator.clipboard?.writeText(secret).then(() => setCopied(secret), () => undefined);
  return (
    <div class="band" role="status">
      <span class="grow">
        {words}
        <br />
        <span class="secret">{secret}</span>
      </span>
      <button class="button" type="button" onClick={() => void copy()}>
        {t(copied === secret ? "outside.token.copied" : "outside.token.copy")}
      </button>
    </div>
  );
}
