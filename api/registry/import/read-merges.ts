/** Which cells of a workbook are merged: the one thing about a sheet that read-excel-file does not tell. */
import { strFromU8, unzipSync } from 'fflate';
import { UnreadableFile } from './sheet.ts';

/** A block of merged cells; rows and columns count from 0, both ends belong to it. */
export interface Merge {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** What all parts together may hold when unpacked: a small file that swells is no roster. */
const MAX_UNPACKED_BYTES = 300 * 1024 * 1024;
const PARTS = /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)$/;
const SHEET = /<(?:\w+:)?sheet\s[^>]*>/g;
const RELATIONSHIP = /<(?:\w+:)?Relationship\s[^>]*>/g;
const MERGE = /<(?:\w+:)?mergeCell\s[^>]*?ref="\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)"/g;

/** The merges of each sheet, in the order of the workbook. */
export function readMerges(bytes: Uint8Array): Merge[][] {
  const parts = unpack(bytes);
  const targets = new Map(
    tags(parts.get('xl/_rels/workbook.xml.rels'), RELATIONSHIP).map((tag) => [
      attribute(tag, 'Id'),
      attribute(tag, 'Target'),
    ]),
  );
  return tags(parts.get('xl/workbook.xml'), SHEET).map((tag) => {
    const target = targets.get(attribute(tag, 'r:id')) ?? '';
    return mergesIn(parts.get(target.startsWith('/') ? target.slice(1) : `xl/${target}`) ?? '');
  });
}

function unpack(bytes: Uint8Array): Map<string, string> {
  let unpacked = 0;
  const files = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      unpacked += originalSize;
      if (unpacked > MAX_UNPACKED_BYTES) throw new UnreadableFile('too-large');
      return PARTS.test(name);
    },
  });
  return new Map(Object.entries(files).map(([name, content]) => [name, strFromU8(content)]));
}

function mergesIn(xml: string): Merge[] {
  return [...xml.matchAll(MERGE)].map(([, left = '', top = '', right = '', bottom = '']) => ({
    top: Number(top) - 1,
    left: columnOf(left),
    bottom: Number(bottom) - 1,
    right: columnOf(right),
  }));
}

function tags(xml = '', pattern: RegExp): string[] {
  return xml.match(pattern) ?? [];
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
}

/** A → 0, Z → 25, AA → 26. */
function columnOf(letters: string): number {
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
