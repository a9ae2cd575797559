// The words of what a class of pupils does: roll-call and being picked.
export const klass = {
  // Roll-call in the room
  "aide.whose": "为哪间教室",
  "aide.no-room": "本校的教室还没有进入课堂",
  "roll": "点名",
  "roll.names": "学生姓名，一行一个",
  "roll.names.example": "李小明\n王芳\n……",
  "roll.count": "没有名单就填人数",
  "roll.columns": "每排座位",
  "roll.begin": "开始点名",
  "roll.front": "讲台",
  "roll.how": "没来的，点一下座位",
  "roll.here": "到 {n} / {m} 人",
  "roll.absent": "缺 {n} 人",
  "roll.absent.short": "缺",
  "roll.done": "点名完毕",
  "roll.done.at": "已点名",
  "roll.again": "改名单",
  "roll.number": "{n} 号",
  "roll.seat": "{who}：{is}",
  "roll.is-here": "到",
  "roll.is-absent": "缺席",
  "roll.private": "姓名只有老师和本教室看得到",

  // Roll-call and picking at the teacher's
  "roll.room": "到 {n}/{m} 人",
  "roll.room.open": "到 {n}/{m} 人，未点完",
  "roll.room.absent": "缺 {names}",
  "pick": "抽一人回答",
  "pick.room": "抽一人",
  "pick.is": "抽到",
  "pick.again": "再抽",
  "pick.invite": "请上台",
  "pick.end": "收起",
  "pick.silent": "久未发言的在前",
  "pick.silent.for": "{n} 分钟没有发言",

  // Picked, in the rooms
  "pick.us": "请 {who} 回答",
  "pick.us.room": "请我们教室回答",
  "pick.other": "请 {room} 回答",

  // Refusals
  "refused.bad-roster": "名单最多 80 人，每个姓名最多 40 个字。",
  "refused.no-roster": "请先录入本教室的学生。",
  "refused.no-pupil": "这个座位没有学生。",
  "refused.nobody-here": "这间教室没有学生到场。",
} as const;
