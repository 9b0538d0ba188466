import { sharing } from 'cdk-ml-infra/lib/cost/pricing';
import { estimateOf } from '../assembly/estimate-of';
import { readAssembly } from '../assembly/read-assembly';
import { pictureOf } from '../diagram/picture-of';
import { svgOf } from '../diagram/svg';
import { requireWritable, Writes, writeWhole } from '../output-file';
import { BEGINNING, reportOf } from './report';
import { totalOf } from './total';

/** What is asked for. */
export interface ReportOptions {
  readonly file: string;
  readonly region: string;

  /** Whether somebody asked for the region, which is the default otherwise. */
  readonly asked?: boolean;
  readonly title?: string;
}

/** What was written, in figures. */
export interface WrittenReport {
  readonly file: string;
  readonly bytes: number;
  readonly stacks: number;
  readonly monthlyUsd: number;

  /** Such as `at least $36.50`, and what is missing in it, such as `plus use`. */
  readonly total: string;
  readonly missing: readonly string[];
  readonly savedUsd: number;
  readonly findings: number;
  readonly open: number;
}

const WRITES: Writes = { command: 'report', what: 'a report', beginnings: [new RegExp(`^${BEGINNING}`)] };

/** Writes the report of an assembly into a file that is new or a report. */
export async function writeReport(
  folder: string,
  { file, region, asked, title }: ReportOptions,
): Promise<WrittenReport> {
  requireWritable(file, WRITES);
  const assembly = readAssembly(folder);
  const estimate = estimateOf(assembly, { region });
  const shared = sharing(estimate);
  const svg = await svgOf(pictureOf(assembly, estimate, { region }));
  const page = reportOf({ assembly, estimate, sharing: shared, svg, title, askedRegion: asked ? region : undefined });
  writeWhole(WRITES.command, file, page);

  const { findings, stacks } = assembly;
  const total = totalOf(estimate);
  return {
    file,
    bytes: Buffer.byteLength(page),
    stacks: stacks.length,
    monthlyUsd: estimate.monthlyTotal,
    total: total.amount,
    missing: total.missing,
    savedUsd: shared.savedUsd,
    findings: findings.length,
    open: findings.filter(({ acknowledged }) => acknowledged === undefined).length,
  };
}
