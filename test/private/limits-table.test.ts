import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as ts from 'typescript';
import { ApiLimit, LIMITS } from '../../src/private/limits-table';

const ROOT = path.join(__dirname, '..', '..');
const SOURCE = path.join(ROOT, 'src', 'private', 'limits-table.ts');
const limits: [string, ApiLimit][] = Object.entries(LIMITS);

describe('the table of limits', () => {
  test.each(limits)('%s says something, with a page of AWS', (_, limit) => {
    expect(limit.page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/.+\.html$/);
    expect([limit.min, limit.max, limit.pattern, limit.values].some((part) => part !== undefined)).toBe(true);
    expect(new Set(limit.values).size).toBe(limit.values?.length ?? 0);
  });

  test.each(limits.flatMap(([name, { pattern }]) => (pattern ? [[name, pattern]] : [])))(
    '%s has a pattern that JavaScript reads as AWS does',
    (_, pattern) => {
      expect(() => new RegExp(`^(?:${pattern})$`, 'u')).not.toThrow();
    },
  );
});

describe('check-limits', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'limits-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  test('finds no difference in a model that says the same', () => {
    plant({ ...LIMITS });

    const { status, output } = check();

    expect(output).toMatch(/^\d+ limits compared with the API model of AWS, 0 differences\.\n$/);
    expect(status).toBe(0);
  });

  test.each<[string, Record<string, ApiLimit>, string]>([
    ['a lower bound', { volumeSize: { ...LIMITS.volumeSize, min: 10 } }, 'volumeSize: min is 5 here and 10 at AWS'],
    ['an upper bound', { volumeSize: { ...LIMITS.volumeSize, max: 1 } }, 'volumeSize: max is 16384 here and 1 at AWS'],
    ['the length of a list', { tags: { ...LIMITS.tags, max: 60 } }, 'tags: max is 50 here and 60 at AWS'],
    ['a member of a list', { tagValue: { ...LIMITS.tagValue, max: 512 } }, 'tagValue: max is 256 here and 512 at AWS'],
    [
      'a pattern',
      { account: { ...LIMITS.account, pattern: '.*' } },
      'account: pattern is [0-9]{12} here and .* at AWS',
    ],
    [
      'a value that is new',
      { glueWorker: { ...LIMITS.glueWorker, values: [...LIMITS.glueWorker.values, 'X.1X'] } },
      'glueWorker: AWS also has X.1X (glue:CreateSessionRequest.WorkerType)',
    ],
    [
      'a value that is gone',
      { glueWorker: { ...LIMITS.glueWorker, values: LIMITS.glueWorker.values.slice(1) } },
      'glueWorker: AWS no longer has Standard (',
    ],
    [
      'a value in the words of the documentation',
      { logRetention: { ...LIMITS.logRetention, values: [...LIMITS.logRetention.values, 42] } },
      'logRetention: AWS also has 42 (',
    ],
    [
      'the place itself',
      { volumeSize: { ...LIMITS.volumeSize, shape: 'sagemaker:Other.Place' } },
      'volumeSize: AWS has no sagemaker:CreateNotebookInstanceInput.VolumeSizeInGB any more',
    ],
  ])('fails and names the limit when AWS changes %s', (_, changed, message) => {
    plant({ ...LIMITS, ...changed });

    const { status, output } = check();

    expect(output).toContain(message);
    expect(output).toContain(', 1 differences.');
    expect(status).toBe(1);
  });

  test('fails when there is no model to compare with', () => {
    const { status, output } = check();

    expect(output).toContain('volumeSize: AWS has no ');
    expect(status).toBe(1);
  });

  /** The compiled table of the library against a planted model. */
  function check() {
    const table = path.join(folder, 'table.js');
    const { outputText } = ts.transpileModule(fs.readFileSync(SOURCE, 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    fs.writeFileSync(table, outputText);
    const args = ['scripts/check-limits.mjs', '--table', table, '--models', path.join(folder, 'data')];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    return { status, output: stdout };
  }

  /** Writes a model of the API, in the form that botocore has, in which the limits are those given. */
  function plant(model: { readonly [name: string]: ApiLimit }): void {
    const services = new Map<string, { [shape: string]: object }>();
    for (const { shape, page: _, inWords, values, ...range } of Object.values(model)) {
      const [service, place] = shape?.split(':') ?? [];
      if (service !== undefined && place !== undefined) {
        const shapes = services.get(service) ?? {};
        services.set(service, shapes);
        const words = { documentation: `Possible values are: ${values?.join(', ')}, and no other. Call 911.` };
        const leaf = { ...range, ...(inWords ? words : { enum: values }) };
        const [input = '', ...members] = place.replaceAll('[]', '.[]').split('.');
        plantAt(shapes, input, members, leaf);
      }
    }
    for (const [service, shapes] of services) {
      for (const version of ['2012-01-01', '2020-01-01']) {
        const target = path.join(folder, 'data', service, version);
        fs.mkdirSync(target, { recursive: true });
        const content = version === '2020-01-01' ? { shapes } : { shapes: {} };
        fs.writeFileSync(path.join(target, 'service-2.json.gz'), gzipSync(JSON.stringify(content)));
      }
    }
  }

  /** Shapes are named after the way to them, so that ways which begin alike share what they have in common. */
  function plantAt(shapes: { [name: string]: object }, name: string, members: string[], leaf: object): void {
    const [member, ...rest] = members;
    if (member === undefined) {
      shapes[name] = { ...shapes[name], ...leaf };
      return;
    }
    const next = `${name}.${member}`;
    const shape = (shapes[name] ?? {}) as { members?: object };
    const reference = { shape: next };
    shapes[name] =
      member === '[]'
        ? { ...shape, member: reference }
        : { ...shape, members: { ...shape.members, [member]: reference } };
    plantAt(shapes, next, rest, leaf);
  }
});
