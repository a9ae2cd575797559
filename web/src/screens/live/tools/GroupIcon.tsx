// The icon of a group of tools.
import { Icon } from "../../../style/Icon";
import type { GroupName } from "./groups";
import { ToolIcon } from "./ToolIcon";

export function GroupIcon({ name, size }: { name: GroupName; size?: number }) {
  switch (name) {
    case "write":
      return <Icon name="pen" size={size} />;
    case "erase":
      return <Icon name="eraser" size={size} />;
    case "point":
      return <Icon name="pointer" size={size} />;
    case "measure":
      return <ToolIcon name="ruler" size={size} />;
    default:
      return <ToolIcon name={name} size={size} />;
  }
}
