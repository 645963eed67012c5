/**
 * Every figure of the rules, once, beside its article. 长人社规〔2024〕1号, in force 2024-04-01 for five years (第二十六条);
 * figures checked against the issued text on 2026-11-23.
 */

/** The articles that services name as their `basis`. */
export const articles = [
  '第二条',
  '第三条',
  '第四条（一）',
  '第四条（二）',
  '第五条',
  '第十一条（二）',
  '第十一条（三）',
  '第十一条（四）',
  '第十二条',
  '第十三条',
  '第十四条',
  '第十九条（四）',
  '第二十一条',
  '第二十四条（二）',
  '第二十四条（四）',
] as const;

/** Our own promises where the rules name none: working days within which a community decides (承诺时限). */
export const promises = {
  /** 第五条: a new home inside the same community. */
  addressChange: 2,
  /** 第五条: care moves to another unit. */
  relocation: 3,
  /** Entering a decision into 长沙市12333公共服务平台-基层平台. */
  officeEntry: 2,
  /** A retiree, or the community for them, answers a relative who asks to act for them; afterwards the request is over. */
  familyLink: 5,
  /** 第二十四条（四）: finding out whether somebody died, by phone or a visit. */
  deathReport: 2,
  /** 第十一条（二）: the agency stops a pension, and pays it on when a death was recorded by mistake. */
  pension: 3,
  /** 第十一条（二）: the agency decides on survivor benefits. */
  survivorBenefits: 20,
  /** 第二十四条（四）: the community helps a family with its papers. */
  familyPapers: 60,
  /** Calling somebody back who asked for it. */
  callBack: 1,
} as const;

/** 亲情代办: our own figures, the rules name none. */
export const familyLinks = {
  /** Requests that one account makes within a day: enough for two parents and a mistake in each. */
  requestsADay: 5,
  /** How long a link lasts that is agreed on for a year. */
  days: 365,
} as const;

/** Whoever reported a death falsely this often waits for a lead the next time. */
export const falseReports = { most: 2 } as const;
