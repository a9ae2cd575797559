// The words in English of those parts that have a file of their own.
import { account } from "./en.account";
import { after } from "./en.after";
import { alliance } from "./en.alliance";
import { audit } from "./en.audit";
import { before } from "./en.before";
import { behind } from "./en.behind";
import { classroom } from "./en.classroom";
import { courses } from "./en.courses";
import { district } from "./en.district";
import { figures } from "./en.figures";
import { groupings } from "./en.groupings";
import { invited } from "./en.invited";
import { keeping } from "./en.keeping";
import { klass } from "./en.klass";
import { login } from "./en.login";
import { outside } from "./en.outside";
import { patrol } from "./en.patrol";
import { plan } from "./en.plan";
import { pupil } from "./en.pupil";
import { quotas } from "./en.quotas";
import { replay } from "./en.replay";
import { contest } from "./en.contest";
import { studio } from "./en.studio";
import { timetable } from "./en.timetable";
import { together } from "./en.together";

export const parts = {
  ...account,
  ...after,
  ...alliance,
  ...audit,
  ...before,
  ...behind,
  ...classroom,
  ...district,
  ...figures,
  ...groupings,
  ...invited,
  ...keeping,
  ...klass,
  ...login,
  ...outside,
  ...patrol,
  ...plan,
  ...pupil,
  ...quotas,
  ...replay,
  ...contest,
  ...studio,
  ...timetable,
  ...courses,
  ...together,
};
