// A button that turns a device on and off, and the sentence that says why it does not.
import { type Key, t } from "../../i18n";
import { Icon, type IconName } from "../../style/Icon";
import type { Device } from "../../media/devices";

interface Props {
  device: Device;
  word: Key;
  icon: IconName;
  iconOff?: IconName;
}

export function Toggle({ device, word, icon, iconOff = icon }: Props) {
  const on = device.track.value !== null;
  return (
    <button
      class="button toggle"
      type="button"
      aria-label={`${t(word)} ${t(on ? "live.on" : "live.none")}`}
      aria-pressed={on}
      onClick={() => void device.toggle()}
    >
      <Icon name={on ? icon : iconOff} />
      <span class="word">{t(word)}</span>
      <span class="state small">{t(on ? "live.on" : "live.none")}</span>
    </button>
  );
}

export function Troubles({ devices }: { devices: [Device, Key][] }) {
  const failed = devices.filter(([device]) => device.trouble.value);
  if (!failed.length) return null;
  return (
    <div class="troubles" role="alert">
      {failed.map(([device, what]) => (
        <p class="band warning" key={what}>
          <Icon name="alert" />
          <span class="grow">{t(`live.trouble.${device.trouble.value!}`, { what: t(what) })}</span>
          <button
            class="button quiet only-icon"
            type="button"
            aria-label={t("common.close")}
            onClick={() => {
              device.trouble.value = null;
            }}
          >
            <Icon name="x" />
          </button>
        </p>
      ))}
    </div>
  );
}
