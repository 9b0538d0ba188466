import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineApp } from './define-app';
import { type AppPlan, type LifecyclePlan, type NetworkPlan, type NotebookPlan } from './plan';

/** Where it is (nothing, for the app itself), which prop, what it must be, what it was. */
const FORM = /^[^:]*: '[^']+' must be .+, got: .+/s;

/** Ways to spoil an app that is valid otherwise. */
export const SPOILED: { readonly [what: string]: (plan: AppPlan) => AppPlan } = {
  'an owner that is a path': notebook({ id: 'a/b', owner: 'id' }),
  'an owner that climbs': notebook({ id: 'a..b', owner: 'id' }),
  'an owner with a wildcard': notebook({ id: 'a*', owner: 'id' }),
  'the owner of everybody': (plan) => notebook({ id: 'TEAM', owner: 'id' })({ ...plan, layout: 'one stack' }),
  'a volume that is too small': notebook({ gibibytes: 4 }),
  'a volume that is too large': notebook({ gibibytes: 16_385 }),
  'a machine without its prefix': notebook({ instanceType: 'm5.large' }),
  'a machine that is gone': notebook({ instanceType: 'ml.p3.2xlarge' }),
  'an uptime that is too short': notebook({ uptimeMinutes: 14 }),
  'an uptime that is too long': notebook({ uptimeMinutes: 43_201 }),
  'a schedule without a time': notebook({ schedule: { days: ['MON'] } }),
  'a schedule at no time': notebook({ schedule: { days: ['MON'], start: '24:00' } }),
  'a schedule in no zone': notebook({ schedule: { days: ['MON'], start: '08:00', timeZone: 'Mars/Olympus' } }),
  'a project that is no tag': notebook({ project: 'a\nb' }),
  'a range that is too small': network({ kind: 'new', prefix: 25 }),
  'a range that is too large': network({ kind: 'new', prefix: 15 }),
  'too many zones': network({ kind: 'new', zones: 4 }),
  'a single zone': network({ kind: 'new', zones: 1 }),
  'a name of the base with a slash': (plan) => ({ ...plan, base: { ...plan.base, baseName: 'a/b' } }),
  'an environment with a capital': (plan) => ({ ...plan, environment: { name: 'Lab', custom: {} } }),
  'an environment with one zone': (plan) => ({ ...plan, environment: { name: 'lab', custom: { zones: 1 } } }),
  'an idle time that is too short': lifecycle({ idleMinutes: 4 }),
  'an idle time that is too long': lifecycle({ idleMinutes: 10_081 }),
  'a step without a name': lifecycle({ onStart: [{ name: '', text: 'true', blocking: false, root: false }] }),
  'a step without a text': lifecycle({ onStart: [{ name: 'a', text: ' ', blocking: false, root: false }] }),
  'a step with a NUL': lifecycle({ onCreate: [{ name: 'a', text: 'a\0', blocking: true, root: true }] }),
  'a variable that is a path': lifecycle({ variables: { PATH: 'x' } }),
  'a variable on two lines': lifecycle({ variables: { TEAM_A: 'x\ny' } }),
  'a package that is an option': lifecycle({ pipPackages: ['--index-url=https://example.com'] }),
  'an alarm at more than all': (plan) => ({ ...plan, extras: { ...plan.extras, alarmsAt: 101 } }),
};

/** How an app is taken or refused other than it should be: at once, in the one form of all errors. */
export function refusesWrongly(plan: AppPlan): string[] {
  const outdir = mkdtempSync(join(tmpdir(), 'properties-'));
  try {
    defineApp(plan, outdir);
    return ['it was taken'];
  } catch (error) {
    const { message } = error as Error;
    return FORM.test(message) ? [] : [message];
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function notebook(change: Partial<NotebookPlan>) {
  return (plan: AppPlan): AppPlan => ({ ...plan, notebooks: [{ ...plan.notebooks[0], ownRole: false, ...change }] });
}

function network(change: Partial<NetworkPlan>) {
  return (plan: AppPlan): AppPlan => ({
    ...plan,
    base: { ...plan.base, network: { ...plan.base.network, ...change } },
  });
}

function lifecycle(change: Partial<LifecyclePlan>) {
  const empty = { fineIdle: false, onStart: [], onCreate: [], features: [], pipPackages: [], condaPackages: [] };
  return (plan: AppPlan): AppPlan => ({ ...plan, lifecycles: [{ ...empty, ...change }] });
}
