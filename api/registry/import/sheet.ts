/** A table of text as it stands in a file, before anyone knows which column is what. */

export interface Sheet {
  /** The name of the sheet in a workbook; null in a CSV file. */
  name: string | null;
  /**
   * Line 1 of the file first; every cell is text, '' when empty. Merged cells all hold the text of the first. Read anew from the file
   * each time, so that nobody holds all of it. Throws `UnreadableFile`.
   */
  rows: () => AsyncIterable<string[]>;
  /** False for CSV, where a merged cell has become one full cell and empty ones below it. */
  knowsMerges: boolean;
}

/** Why a file could not be read at all. */
export type FileFault = 'too-large' | 'old-xls' | 'broken-xlsx' | 'broken-csv' | 'empty' | 'no-headings';

/** Thrown by the readers and caught by `importRetirees`. */
export class UnreadableFile extends Error {
  readonly code: FileFault;

  constructor(code: FileFault, options?: ErrorOptions) {
    super(code, options);
    this.name = 'UnreadableFile';
    this.code = code;
  }
}
