// The words of looking and writing together, in Chinese: see zh.ts.
export const together = {
  // Where the class looks, and looking about freely
  "gaze.spot.move": "移动聚光灯",
  "gaze.spot.size": "聚光灯大小",
  "gaze.curtain.move": "拉动幕布",
  "gaze.curtain.side": "换一边",
  "zoom": "缩放",
  "zoom.in": "放大",
  "zoom.out": "缩小",
  "zoom.whole": "现在 {n}%，看整页",
  "zoom.whole.short": "看整页",
  "browse.go": "自己翻看",
  "browse.same": "你们在自己看这一页",
  "browse.other": "你们在自己看第 {n} 页，老师在第 {m} 页",
  "browse.follow": "回到老师",

  // Who writes where
  "layers": "各写各的",
  "layers.close": "停止书写",
  "layers.room": "你们写在自己的图层上，只有老师看得到",
  "layers.shown": "大家在看：{names}",
  "boxes": "一间教室的框",
  "boxes.ours": "我们的框",
} as const;
