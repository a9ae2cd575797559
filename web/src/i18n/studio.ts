// The words of studios, for their own page; imported for its effect.
import { learn } from ".";
import { studio } from "./zh.studio";

learn(studio);
