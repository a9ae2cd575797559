// Name, subject and a few words about a studio, as they are typed.
import { t } from "../../i18n";

interface Typed {
  name: string;
  subject: string;
  about: string;
}

export function Words({ one, set }: { one: Typed; set: (one: Typed) => void }) {
  return (
    <>
      <label>
        {t("alliance.name")}
        <input class="input" required maxLength={80} value={one.name} onInput={(event) => set({ ...one, name: event.currentTarget.value })} />
      </label>
      <label>
        {t("alliance.subject")}
        <input class="input" maxLength={80} value={one.subject} onInput={(event) => set({ ...one, subject: event.currentTarget.value })} />
      </label>
      <label>
        {t("alliance.about")}
        <textarea class="input" rows={3} maxLength={1000} value={one.about} onInput={(event) => set({ ...one, about: event.currentTarget.value })} />
      </label>
    </>
  );
}
