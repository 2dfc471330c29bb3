// What the page says to the server in the customer's name, and marks in its texts: in the language of the answers
// whatever the interface speaks.

export const HUMAN = "转人工";
/** What a message begins with that is for the people who are not there yet. */
export const LEAVING = "留言：";
/** What comes after the materials. */
export const SUBMITTING = "怎么提交变更申请";
/** Questions that show what the assistant does beyond answering. */
export const EXAMPLES = {
  deadlines: "上周五改的公司名，最晚哪天提交",
  names: "网站名称用“云岸官网”可以吗",
  lists: "公司改名了，要准备什么材料",
} as const;

/** A correction of the case: the value the answer took, and the right one. */
export function correction(taken: string, right: string): string {
  return `不是${taken}，是${right}`;
}

/** The beginning of a correction in the customer's own words. */
export const CORRECTING = "我的情况是";

/** Reasons of a thumb down as they are kept, in the order the interface names them. */
export const REASONS: readonly string[] = ["答非所问", "不完整", "过时", "看不懂"];

/** What the second layer's paragraph opens with; see docs/reply.md. */
export const ADDED = "补充资料（非本流程文档）";
