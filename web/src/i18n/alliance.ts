// The words of alliances, for their own page; imported for its effect.
import { learn } from ".";
import { alliance } from "./zh.alliance";

learn(alliance);
