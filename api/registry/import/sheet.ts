/** A table of text as it stands in a file, before anyone knows which column is what. */

/** `rows[0]` is line 1 of the file; every cell is text, '' when empty. Merged cells all hold the text of the first. */
export interface Sheet {
  /** The name of the sheet in a workbook; null in a CSV file. */
  name: string | null;
  rows: string[][];
  /** False for CSV, where a merged cell has become one full cell and empty ones below it. */
  knowsMerges: boolean;
}

/** Why a file could not be read at all. */
export type FileFault = 'too-large' | 'old-xls' | 'broken-xlsx' | 'broken-csv' | 'empty' | 'no-headings';

/** Thrown by the readers and caught by `readRoster`. */
export class UnreadableFile extends Error {
  readonly code: FileFault;

  constructor(code: FileFault, options?: ErrorOptions) {
    super(code, options);
    this.name = 'UnreadableFile';
    this.code = code;
  }
}
