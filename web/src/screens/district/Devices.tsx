// The devices of a school's classrooms: pair one by the code its screen shows, and take it back.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { get, post, remove } from "../home/api";
import { when } from "../home/when";
import { type Inside, wordsOf } from "./district";

interface Device {
  id: string;
  classroom: string;
  room: string;
  school: string;
  by: string;
  paired_at: number;
  seen_at: number;
}

export function Devices({ inside }: { inside: Inside }) {
  const [devices, setDevices] = useState<Device[]>([]);
  const [said, say] = useState({ words: "", good: true });
  const fail = (error: unknown) => say({ words: wordsOf(error), good: false });
  function open() {
    get<{ devices: Device[] }>("/api/devices").then(
      ({ devices }) => setDevices(devices.filter(({ school }) => school === inside.school.id)),
      fail,
    );
  }
  useEffect(open, [inside.school.id]);
  const done = (words: string) => {
    say({ words, good: true });
    open();
  };
  return (
    <div class="devices">
      <p class="quiet-text">{t("district.device.how", { url: `${location.origin}/classroom` })}</p>
      <Pair inside={inside} done={(room) => done(t("district.device.paired", { room }))} fail={fail} />
      {said.words && (
        <p class={said.good ? "band" : "band danger"} role={said.good ? "status" : "alert"}>
          <Icon name={said.good ? "check" : "alert"} />
          {said.words}
        </p>
      )}
      {devices.length === 0 ? (
        <p class="none quiet-text">{t("district.device.none")}</p>
      ) : (
        <Table devices={devices} done={(room) => done(t("district.device.revoked", { room }))} fail={fail} />
      )}
    </div>
  );
}

interface Doing {
  done: (room: string) => void;
  fail: (error: unknown) => void;
}

function Pair({ inside, done, fail }: Doing & { inside: Inside }) {
  const [code, setCode] = useState("");
  const [classroom, choose] = useState(inside.classrooms[0]?.id ?? "");
  function pair(event: Event) {
    event.preventDefault();
    post<Device>("/api/devices", { code, classroom }).then(({ room }) => {
      setCode("");
      done(room);
    }, fail);
  }
  return (
    <form class="row wrap" onSubmit={pair}>
      <label class="field">
        <span>{t("district.device.code")}</span>
        <input
          class="input digits"
          inputMode="numeric"
          autocomplete="off"
          required
          maxLength={9}
          value={code}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>{t("district.device.room")}</span>
        <select class="input" value={classroom} onChange={(event) => choose(event.currentTarget.value)}>
          {inside.classrooms.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button class="button main" type="submit" disabled={!classroom}>
        {t("district.device.pair")}
      </button>
    </form>
  );
}

function Table({ devices, done, fail }: Doing & { devices: Device[] }) {
  const [sure, ask] = useState("");
  const revoke = ({ id, room }: Device) => {
    ask("");
    remove(`/api/devices/${encodeURIComponent(id)}`).then(() => done(room), fail);
  };
  return (
    <table class="table">
      <thead>
        <tr>
          <th>{t("district.device.room")}</th>
          <th>{t("district.device.seen")}</th>
          <th>{t("district.device.when")}</th>
          <th>{t("district.device.by")}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {devices.map((device) => (
          <tr key={device.id}>
            <th scope="row">{device.room}</th>
            <td>{device.seen_at ? when(device.seen_at) : t("district.device.never")}</td>
            <td>{when(device.paired_at)}</td>
            <td>{device.by}</td>
            <td>
              {sure === device.id ? (
                <div class="row wrap" role="alertdialog" aria-label={t("district.device.revoke")}>
                  <span>{t("district.device.sure")}</span>
                  <button class="button danger" type="button" onClick={() => revoke(device)}>
                    {t("district.device.yes")}
                  </button>
                  <button class="button" type="button" onClick={() => ask("")}>
                    {t("district.device.keep")}
                  </button>
                </div>
              ) : (
                <button class="button quiet" type="button" onClick={() => ask(device.id)}>
                  {t("district.device.revoke")}
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
