// Runs a program and keeps what it prints.
import { spawn } from 'node:child_process';
import { delimiter, resolve } from 'node:path';

export interface Outcome {
  /** The program ended by itself, with 0. */
  ok: boolean;
  /** Everything that it printed, on both channels, as it came. */
  output: string;
}

interface Options {
  /** Milliseconds after which it is stopped. */
  limit?: number;
  /** Milliseconds without a word after which it is stopped: a download that got stuck. */
  silence?: number;
  /** Added to the environment. */
  env?: Record<string, string>;
}

/** Runs `command`, found among the project's own tools first. Never throws: a program that is not there is not ok. */
export function run(command: string, args: readonly string[], options: Options = {}): Promise<Outcome> {
  return new Promise((done) => {
    const child = spawn(command, args, {
      env: {
        ...process.env,
        PATH: `${resolve('node_modules/.bin')}${delimiter}${process.env['PATH']}`,
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // npm's commands are scripts on Windows, which only a shell finds.
      shell: process.platform === 'win32',
    });
    let output = '';
    const end = (ok: boolean): void => {
      clearTimeout(limit);
      clearTimeout(silence);
      done({ ok, output });
    };
    // Its own children may live on and hold the channels open, so its end is not waited for.
    const stop = (): void => {
      child.kill();
      child.stdout.destroy();
      child.stderr.destroy();
      output += 'stopped: it took too long\n';
      end(false);
    };
    const limit = options.limit === undefined ? undefined : setTimeout(stop, options.limit);
    const silence = options.silence === undefined ? undefined : setTimeout(stop, options.silence);
    const hear = (chunk: string): void => {
      output += chunk;
      silence?.refresh();
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    child.on('error', (error) => {
      output += error.message;
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}
