import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const SAMPLES = join(__dirname, 'samples');

export type Prices = Record<string, number | null>;

/** The price table as its file has it. */
export interface Table {
  readonly pricesOf: string;
  readonly sources: Record<string, { readonly date: string; readonly from: string }>;
  readonly inputs: Record<string, string>;
  readonly fields: Record<string, string>;
  readonly exceptions: Record<string, Record<string, string[]>>;
  readonly single: Record<string, Record<string, { readonly evidence: string }>>;
  readonly regions: Record<string, { readonly unit: Prices; readonly ml: Prices; readonly ec2: Prices }>;
}

/** The text of the table that the package has. */
export const TABLE_TEXT = readFileSync(join(ROOT, 'assets', 'cost', 'prices.json'), 'utf8');

/** The table that the package has. */
export const TABLE: Table = JSON.parse(TABLE_TEXT);

/** A copy of the price table, with a folder for what was downloaded from AWS. */
export class PlantedTable {
  private readonly folder = mkdtempSync(join(tmpdir(), 'prices-'));
  private readonly file = join(this.folder, 'table.json');
  private network = '';
  readonly downloads = join(this.folder, 'downloads');

  constructor() {
    mkdirSync(this.downloads);
    writeFileSync(this.file, TABLE_TEXT);
  }

  private get text(): string {
    return readFileSync(this.file, 'utf8');
  }

  /** Beginnings of the lines that differ from the table of the package. */
  get changed(): string[] {
    const old = TABLE_TEXT.split('\n');
    return this.text
      .split('\n')
      .filter((line, index) => line !== old[index])
      .map((line) => line.slice(0, 80));
  }

  get table(): Table {
    return JSON.parse(this.text);
  }

  /** Puts a sample among the downloads, as it is or changed. */
  download(name: string, change: (text: string) => string = (text) => text): this {
    cpSync(join(SAMPLES, name), join(this.downloads, name));
    writeFileSync(join(this.downloads, name), change(readFileSync(join(SAMPLES, name), 'utf8')));
    return this;
  }

  /** Writes another file into the folder, and answers where. */
  write(name: string, value: unknown): string {
    const path = join(this.folder, name);
    writeFileSync(path, JSON.stringify(value));
    return path;
  }

  /** Changes the copy of the table by hand. */
  change(change: (table: Table) => void): this {
    const { table } = this;
    change(table);
    writeFileSync(this.file, JSON.stringify(table));
    return this;
  }

  /** Lets every address answer with a status. */
  answering(status: number): this {
    const script = `globalThis.fetch = async () => new Response('', { status: ${status} });`;
    this.network = `data:text/javascript,${encodeURIComponent(script)}`;
    return this;
  }

  refresh(...options: string[]) {
    return this.run('refresh', '--from', this.downloads, ...options);
  }

  run(...options: string[]) {
    const script = join(ROOT, 'scripts', 'prices.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...options, '--table', this.file], {
      encoding: 'utf8',
      cwd: this.folder,
      env: { ...process.env, NODE_OPTIONS: this.network && `--import=${this.network}` },
    });
    return { status, said: stdout, refused: stderr };
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true });
  }
}
