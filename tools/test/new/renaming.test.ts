import { renamed } from '../../src/new/renaming';

describe('stacks', () => {
  test.each([
    ['bin/app.ts', "// `Lab` of `LabStack`\nnew S(app, 'Lab');", "// `Zoo` of `LabStack`\nnew S(app, 'Zoo');"],
    ['app.py', 'S(app, "LabDev")', 'S(app, "ZooDev")'],
    ['src/App.java', 'new LabStack(app, "Lab", props)', 'new LabStack(app, "Zoo", props)'],
    ['main.go', 'NewLabStack(app, "LabDev")', 'NewLabStack(app, "ZooDev")'],
    ['src/Program.cs', 'new LabStack(app, "Lab");', 'new LabStack(app, "Zoo");'],
  ])('are renamed in %s', (path, text, expected) => {
    expect(textOf(path, text)).toBe(expected);
  });

  test.each([
    "description: 'Lab of a team'",
    "import { LabStack } from '../lib/lab-stack';",
    'class Lab:',
    "'MyLab'",
    "'lab'",
    `'Lab"`,
  ])('are nothing but a whole text that begins with the layout, unlike %s', (text) => {
    expect(textOf('a.ts', text)).toBe(text);
  });

  test('are listed once each, in their order, under the new name', () => {
    const text = "'LabDev' 'LabProd' 'LabDev'";

    expect(appOf({ 'a.ts': text, 'b.ts': "'LabBase'" }, 'my-zoo').stacks).toEqual([
      'MyZooDev',
      'MyZooProd',
      'MyZooBase',
    ]);
  });

  test('are renamed in the code of a README, and nowhere else in it', () => {
    const before = 'Lab. Run `cdk deploy LabDev`, see `LabDev` in `lib/Lab.ts`, `LabDevStack` and `LabDev()`.\n';
    const after = 'Lab. Run `cdk deploy ZooDev`, see `ZooDev` in `lib/Lab.ts`, `LabDevStack` and `LabDev()`.\n';
    const block = (stack: string) => `\`\`\`sh\nnpx cdk deploy ${stack}  # LabX\n\`\`\`\n`;

    const { files } = appOf({ 'README.md': before + block('LabDev'), 'a.ts': "'LabDev'; 'Lab'" }, 'zoo');

    expect(files[0].text).toBe(after + block('ZooDev'));
  });
});

describe('the package', () => {
  test.each([
    ['package.json', '{\n  "name": "lab",\n  "main": "lab"\n}', '{\n  "name": "my-zoo",\n  "main": "lab"\n}'],
    ['pyproject.toml', '[project]\nname = "lab"\n', '[project]\nname = "my-zoo"\n'],
    [
      'pom.xml',
      '<groupId>lab</groupId><artifactId>lab</artifactId>',
      '<groupId>lab</groupId><artifactId>my-zoo</artifactId>',
    ],
    ['go.mod', 'module lab\n\ngo 1.25\n', 'module my-zoo\n\ngo 1.25\n'],
    ['.gitignore', 'cdk.out/\nlab\n', 'cdk.out/\nmy-zoo\n'],
    ['.gitignore', '/lab', '/my-zoo'],
    ['go.mod', 'module example.com/lab\n', 'module example.com/my-zoo\n'],
  ])('is renamed in %s', (path, text, expected) => {
    expect(appOf({ [path]: text }, 'my-zoo').files[0].text).toBe(expected);
  });

  test('keeps a name that is not that of the layout, and other files keep theirs', () => {
    const files = { 'package.json': '{\n  "name": "labs"\n}', 'cdk.json': '{"name": "lab", "a": "Lab"}' };

    expect(Object.fromEntries(appOf(files, 'zoo').files.map(({ path, text }) => [path, text]))).toEqual(files);
  });
});

test('a name that is special in patterns is written as it is', () => {
  expect(appOf({ 'a.ts': "'Lab'", 'go.mod': 'module lab' }, '$1$&').files[1].text).toBe('module $1$&');
});

function textOf(path: string, text: string): string {
  return appOf({ [path]: text }, 'zoo').files[0].text;
}

function appOf(files: Record<string, string>, name: string) {
  const found = Object.entries(files).map(([path, text]) => ({ path, text, executable: false }));
  return renamed({ layout: 'lab', language: 'go', description: '', files: found }, name);
}
