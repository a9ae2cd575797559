// The words of a classroom that watches what it missed, in Chinese: loaded when there is something.
export const behind = {
  "behind.missed": "刚才线路断了，错过了 {time}",
  "behind.away": "刚才离开了一会儿，错过了 {time}",
  "behind.late": "已经上课 {time} 了",
  "behind.watch": "补看错过的",
  "behind.how": "1.25 倍速，没人说话处略过，跟上后自动回到现在",
  "behind.stay": "听现在的",
  "behind.now": "回到现在",
  "behind.is": "补看中 · 落后 {time}",
  "behind.opening": "正在准备补看…",
  "behind.again": "重播 · 还剩 {n} 秒",
  "behind.waits": "正在取来 · 落后 {time}",
  "behind.none": "这一段没有录下来，请继续听现在的。",
  "behind.board.now": "看现在的板书",
  "behind.board.then": "看当时的板书",
  "behind.seconds": "{n} 秒",
  "behind.minutes": "{n} 分钟",
};
