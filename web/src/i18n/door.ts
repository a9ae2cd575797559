// The words of the door, for its screen; imported for its effect.
import { learn } from ".";
import { door } from "./zh.door";

learn(door);
