// The words of the figures and of the map, for their own pages; imported for its effect.
import { learn } from ".";
import { figures } from "./zh.figures";

learn(figures);
