// The words of what is kept, and for how long, in Chinese: see zh.staff.ts.
export const keeping = {
  "hold.do": "封存这节课",
  "hold.held": "已封存",
  "hold.reason": "为什么封存？封存后谁也不能删除，到期也不会自动删除。",
  "hold.example": "例如：教育局来函，申诉期间保留",
  "hold.put": "封存",
  "hold.why": "已封存，谁也不能删除：{why}",
  "hold.by": "（{who}，{when}）",
  "hold.lift": "解除封存",
  "hold.error.offline": "网络断了，没有办成。",
  "hold.error.no-lesson": "这节课已经不在了。",
  "hold.error.not-yours": "这是别的学校的课，您不能封存。",
  "hold.error.bad-text": "请写明原因，最多 200 字。",
  "audit.lesson.hold": "封存了",
  "audit.lesson.lift": "解除了封存",
};
