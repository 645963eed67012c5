/**
 * Every figure of the rules, once, beside its article. 长人社规〔2024〕1号, in force 2024-04-01 for five years (第二十六条);
 * figures checked against the issued text on 2026-11-23.
 */
import type { Fen } from './engine/questions/money.ts';

/** The rules themselves. What is shown of their text is brought in by `npm run import -- policy`. */
export const regulation = {
  number: '长人社规〔2024〕1号',
  title: '长沙市企业退休人员社会化管理服务工作实施细则',
  issuer: '长沙市人力资源和社会保障局',
  issuedOn: '2024-02-22',
  /** 第二十六条: five years. */
  inForceFrom: '2024-04-01',
  inForceUntil: '2029-03-31',
} as const;

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
  '第十九条（一）',
  '第十九条（二）',
  '第十九条（三）',
  '第十九条（四）',
  '第十九条（五）',
  '第二十条',
  '第二十一条',
  '第二十四条（二）',
  '第二十四条（四）',
] as const;

/** Our own promises where the rules name none: working days within which a community decides (承诺时限). */
export const promises = {
  /** 第五条: a new home inside the same community. */
  addressChange: 2,
  /** 第十四条: somebody joins a self-help group, or changes into another. */
  groupJoin: 3,
  /** 第十四条: the community looks after a difficulty that somebody's group told of. */
  difficulty: 3,
  /** 第十四条: a self-help group holds an activity of its own. */
  groupActivity: 3,
  /** 第五条: care moves to another unit. */
  relocation: 3,
  /** 第四条（二）: somebody new comes into the registry. */
  enrolment: 3,
  /** What the registry holds is put right. */
  correction: 3,
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
  /** 第十一条（三）: the community looks whether somebody is certified, or goes to see them. */
  certificationCheck: 10,
  /** 第二十四条（二）: answering what somebody asked. */
  consultation: 3,
  /** Calling somebody back who asked for it. */
  callBack: 1,
  /** 第十九条（三）: seeing somebody in hospital, from the application to the visit. */
  hospitalVisit: 5,
  /** 第十九条（四）: each office's part of a hardship grant; the public notice comes on top. */
  hardshipStep: 5,
  /** 第十九条（五）: going to see the family of the deceased. */
  bereavementVisit: 10,
  /** Handing over what was approved. */
  carePayment: 10,
  /** Getting back what was paid by mistake. */
  recovery: 30,
} as const;

/** 第十一条（三）; once a year by 人社厅发〔2018〕107号. */
export const certification = {
  validMonths: 12,
  /** So long before it runs out people are reminded: our own figure. */
  aheadMonths: 1,
  /** Working days that people have for it themselves, before somebody comes to see them: our own figure, within that month. */
  proveDays: 20,
} as const;

/** 亲情代办: our own figures, the rules name none. */
export const familyLinks = {
  /** Requests that one account makes within a day: enough for two parents and a mistake in each. */
  requestsADay: 5,
  /** How long a link lasts that is agreed on for a year. */
  days: 365,
} as const;

/** 第十四条: how many people a self-help group has. */
export const groupSize = { least: 30, most: 50 } as const;

/** 第十二条: theme activities that the city and each district hold in a year, at least. */
export const themeActivitiesAYear = 1;
/** 第十二条: until when in a year that is not done, staff see it: our own figures. */
export const yearlyActivities = { behindFromMonth: 7, urgentFromMonth: 10 } as const;
/** 第十二条: streets and communities hold activities 经常性; the rules give no number: our own figure. */
export const regularActivities = { everyDays: 90 } as const;

/** 第十七条: what a city enterprise's retiree counts for in the work funds of a year, in fen. */
export const workFundAYear = 100_00;

/** 第二十四条（二）: questions that one account puts to the community within a day: our own figure. */
export const consultation = { mostADay: 5 } as const;
/** How long somebody leads a self-help group before they are chosen anew, at most: our own figure. */
export const groupTermYears = 3;

/** Whoever reported a death falsely this often waits for a lead the next time. */
export const falseReports = { most: 2 } as const;

const yuan = (amount: number) => (amount * 100) as Fen;

/** The kinds of 慰问 of 第十九条, as budgets and ledgers name them. */
export const careKinds = ['festival', 'birthday', 'hospital', 'hardship', 'bereavement'] as const;
export type CareKind = (typeof careKinds)[number];

/**
 * For what a ceiling is counted together: a year; the age in whose year somebody is; one case; one death. With the retiree it is
 * the key of an allowance.
 */
export type CeilingPeriod = 'year' | 'case' | 'death' | '80' | '90' | '100';

export interface CareCeiling {
  ceiling: string;
  kind: CareKind;
  per: CeilingPeriod;
  /** In force from this day until the next entry of the same ceiling. */
  since: string;
  fen: Fen;
  /** How often within the period; null when only the sum counts. */
  uses: number | null;
  /** How often in a life; null when it does not matter. */
  usesInLife: number | null;
  article: string;
}

/** 「终身一次」: whether a hardship grant can be given once in a life only. 第十九条（四） says 一次性: one payment an event. */
const HARDSHIP_ONCE_IN_LIFE = false;

const ceiling = (
  name: string,
  kind: CareKind,
  per: CeilingPeriod,
  fen: Fen,
  uses: number | null,
  article: string,
): CareCeiling => ({ ceiling: name, kind, per, since: '2024-04-01', fen, uses, usesInLife: null, article });

/** 第十九条: what may be given at most to one person, whoever gives it. A new figure is a new entry with its own `since`. */
export const careCeilings = [
  ceiling('festival', 'festival', 'year', yuan(300), null, '第十九条（一）'),
  ceiling('birthday', 'birthday', '80', yuan(200), 1, '第十九条（二）'),
  ceiling('birthday', 'birthday', '90', yuan(300), 1, '第十九条（二）'),
  ceiling('birthday', 'birthday', '100', yuan(500), 1, '第十九条（二）'),
  ceiling('hospital-money', 'hospital', 'year', yuan(200), null, '第十九条（三）'),
  ceiling('hospital-goods', 'hospital', 'year', yuan(100), null, '第十九条（三）'),
  {
    ...ceiling('hardship', 'hardship', 'case', yuan(1000), 1, '第十九条（四）'),
    usesInLife: HARDSHIP_ONCE_IN_LIFE ? 1 : null,
  },
  ceiling('bereavement', 'bereavement', 'death', yuan(400), 1, '第十九条（五）'),
] as const satisfies readonly CareCeiling[];

/** What the most that a question may take is. The database looks at the day as well. @throws for a ceiling that is none */
export function ceilingFen(name: string, per?: CeilingPeriod): Fen {
  const found = careCeilings.findLast((one) => one.ceiling === name && (!per || one.per === per));
  if (!found) throw new Error(`There is no ceiling "${name}".`);
  return found.fen;
}

/** 第十三条, 第十九条（一）: 高龄 is not defined there; we take the age from which the province pays its allowance. */
export const AGED_FROM = 80;

/** 第十九条（四）: 公示. The rules give no number of days; it can be set with PUBLIC_NOTICE_DAYS. */
export const PUBLIC_NOTICE_DAYS = 5;
