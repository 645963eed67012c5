/** How the official name of a community is shown: people live in 识字里社区, not in its residents' committee. Pure. */

const COMMITTEE_OF_COMMUNITY = /社区(?:居民委员会|居委会|委员会)/;
const COMMITTEE_OF_VILLAGE = /村?(?:村民委员会|村民委委会|村委会)$/;
const NUMBERED = /社区([一二三四五])$/;

/** 识字里社区居委会 → 识字里社区, 祖塔村委会 → 祖塔村; the second of two namesakes, 红星社区居委会二 → 红星社区（二）. */
export function shownName(official: string): string {
  return official
    .replace(COMMITTEE_OF_COMMUNITY, '社区')
    .replace(COMMITTEE_OF_VILLAGE, '村')
    .replace(NUMBERED, '社区（$1）');
}
