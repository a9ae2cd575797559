// The words of the door, in Chinese: a room that is inside needs them no more.
export const door = {
  "door.title": "输入课堂号",
  "door.code": "六位课堂号",
  "door.room": "本教室的名称",
  "door.room.example": "例如：草兴小学 三年级",
  "door.enter": "进入课堂",
  "door.entering": "正在进入…",
  "door.login": "教师 / 管理员登录",
  "door.pair": "把这台设备固定给教室",
  "door.qr": "用手机扫码进入",
  "door.error.short": "课堂号是六位数字，还差 {left} 位。",
  "door.error.room": "请写上本教室的名称，老师才知道是谁来了。",
  "door.error.no-lesson": "没有这个课堂号。请和老师核对后重新输入。",
  "door.error.slow-down": "试得太多次了。请等一分钟再输入。",
} as const;
