import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IDLE_MINUTES, LifecycleFeature, requireVariable } from '../lifecycle';
import { fail, requireDuration, requireText, requireWholeNumber } from '../private/checks';
import { LIMITS } from '../private/limits-table';
import { NotebookLifecycle } from './notebook-lifecycle';
import { NotebookOptions } from './notebook-options';

/** What the scripts of a notebook read; an empty value would be like none. */
const TAG_VALUE = { ...LIMITS.tagValue, min: 1 };
const TAG_RULE = '1 to 256 letters, digits, spaces and _ . : / = + - @, since it is a tag';

/** What a notebook has of its own, where its lifecycle serves many: tags that its scripts read as data. */
export function settingTags(notebook: Construct, options: NotebookOptions): { [key: string]: string } {
  const { lifecycle } = options;
  const tags: { [key: string]: string } = {};
  if (options.project !== undefined) {
    requireText(notebook, 'project', options.project, TAG_VALUE, TAG_RULE);
    tags['ml-project'] = options.project;
  }
  if (options.idleStop) {
    requireLifecycle(notebook, 'idleStop', lifecycle?._stopsIdle, "'idleStop' or 'idle'");
    tags['ml-idle-minutes'] = String(minutes(notebook, options.idleStop));
  }
  for (const [prop, tag] of [['gitUserName', 'ml-git-name'] as const, ['gitUserEmail', 'ml-git-email'] as const]) {
    const value = options[prop];
    if (value !== undefined) {
      requireLifecycle(notebook, prop, lifecycle?._features.has(LifecycleFeature.GIT), "'git'");
      requireText(notebook, prop, value, TAG_VALUE, TAG_RULE);
      tags[tag] = value;
    }
  }
  if (options.restoreFrom !== undefined) {
    requireLifecycle(notebook, 'restoreFrom', lifecycle?._features.has(LifecycleFeature.BACKUP), "'backup'");
    const rule = 'the name of a notebook: 1 to 63 letters, digits and hyphens';
    requireText(notebook, 'restoreFrom', options.restoreFrom, LIMITS.notebookName, rule);
    tags['ml-restore-from'] = options.restoreFrom;
  }
  return { ...tags, ...variableTags(notebook, options.environmentVariables ?? {}, lifecycle) };
}

function variableTags(
  notebook: Construct,
  variables: { readonly [name: string]: string },
  lifecycle: NotebookLifecycle | undefined,
): { [key: string]: string } {
  const prop = 'environmentVariables';
  requireWholeNumber(notebook, `${prop} (count)`, Object.keys(variables).length, 0, 25);
  const tags: { [key: string]: string } = {};
  for (const [name, value] of Object.entries(variables)) {
    const known = lifecycle?._variables ?? [];
    if (!known.includes(name)) {
      const rule = `a name that 'environmentVariables' of its lifecycle has a value for: ${known.length > 0 ? known.join(', ') : 'none yet'}`;
      fail(notebook, prop, rule, name);
    }
    requireVariable(notebook, prop, name, value);
    requireText(notebook, `${prop}.${name}`, value, TAG_VALUE, TAG_RULE);
    tags[`ml-env-${name}`] = value;
  }
  return tags;
}

function requireLifecycle(notebook: Construct, prop: string, serves: boolean | undefined, wanted: string): void {
  if (!serves) {
    fail(
      notebook,
      prop,
      `left out unless its lifecycle has ${wanted}`,
      serves === undefined ? 'no lifecycle' : 'a lifecycle without',
    );
  }
}

function minutes(notebook: Construct, idleStop: Duration): number {
  if (idleStop.isUnresolved()) {
    fail(notebook, 'idleStop', 'known at synthesis, because it is a tag', 'a deploy-time value');
  }
  requireDuration(notebook, 'idleStop', idleStop, 'minutes', IDLE_MINUTES.min, IDLE_MINUTES.max);
  return idleStop.toMinutes();
}
