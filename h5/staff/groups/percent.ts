/** 自管覆盖率 in whole percent. Not everybody is never 100 %. */
export function percent({ people, inGroups }: { people: number; inGroups: number }): string {
  if (people === 0) return '0%';
  return `${Math.floor((inGroups / people) * 100)}%`;
}
