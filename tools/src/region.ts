import { Option } from 'commander';
import { refuse } from './refusal';

/** Whose prices apply to stacks whose region only the deployment knows. */
export const DEFAULT_REGION = 'us-east-1';

/** The option of all commands that price. */
export function regionOption(command: string): Option {
  return new Option('--region <region>', 'prices for stacks whose region only the deployment knows')
    .default(DEFAULT_REGION)
    .argParser((answer) => requireRegion(command, answer));
}

/** Requires a text that looks like a region: one without prices is no error, since newer ones exist. */
export function requireRegion(command: string, answer: string): string {
  return /^[a-z]{2,}(-[a-z]+)+-\d$/.test(answer)
    ? answer
    : refuse(command, 'region', 'the name of a region, such as eu-central-1', answer);
}
