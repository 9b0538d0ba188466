import { parseArgs } from 'node:util';

/** The options of a script; ends it with a sentence where one is not known. */
export function optionsOf(options) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return refuse(error.message);
  }
}

/** The names that an option lists, with commas between; ends the script where it does not know one. */
export function chosen(options, name, known) {
  const values = options[name].split(',');
  const unknown = values.filter((value) => !known.includes(value));
  return unknown.length > 0
    ? refuse(`'--${name}' must be some of ${known.join(',')}, got: ${unknown.join(',')}`)
    : values;
}

function refuse(sentence) {
  console.error(sentence);
  return process.exit(2);
}
