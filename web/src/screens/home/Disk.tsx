// What an admin must know of the disk before it is full; nothing while there is room.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { get } from "./api";
import { size } from "./quotas";

const EVERY = 30_000; // ms between looks: a page may stay open for days

interface Room {
  level: "enough" | "low" | "short" | "full";
  /** Bytes. */
  free: number;
  least: number;
}

export function Disk() {
  const [room, setRoom] = useState<Room | null>(null);
  useEffect(() => {
    const look = () => void get<Room>("/api/disk").then(setRoom, () => setRoom(null));
    look();
    const timer = setInterval(look, EVERY);
    return () => clearInterval(timer);
  }, []);
  if (room === null || room.level === "enough") return null;
  const how = { free: size(room.free), least: size(room.least) };
  return (
    <p class={room.level === "low" ? "band warning" : "band danger"} role="alert">
      <Icon name="alert" />
      {t(`disk.${room.level}`, how)}
    </p>
  );
}
