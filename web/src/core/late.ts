// The channels that a classroom's page learns of when they are wanted; imported for its effect.
import { adopt } from "../channels/index";
import * as doorcheck from "../channels/doorcheck";
import * as questions from "../channels/questions";
import * as reading from "../channels/reading";
import * as warmup from "../channels/warmup";
import { LATER } from "../later.gen";
import { learn } from "./shapes";

learn(LATER);
adopt({ doorcheck, reading, warmup, questions });
