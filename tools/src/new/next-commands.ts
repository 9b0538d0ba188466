import { sep } from 'node:path';

const CDK = 'npx aws-cdk@~2.1148.1'; // without a version it may be 3.0.0, see docs/decisions/001-tools-and-peers.md

const INSTALL: Record<string, { unix: string[]; windows?: string[] }> = {
  typescript: { unix: ['npm install'] },
  python: {
    unix: ['python3 -m venv .venv', 'source .venv/bin/activate', 'pip install -r requirements.txt'],
    windows: ['py -m venv .venv', '.venv\\Scripts\\activate', 'pip install -r requirements.txt'],
  },
  java: { unix: ['mvn -q compile'] },
  go: { unix: ['go mod tidy'] },
  csharp: { unix: [] }, // the CDK runs `dotnet run`, which restores and builds
};

/**
 * The commands that take a new app to its first deployment: of the first stack, since others may stand on it. The folder
 * is seen from where the commands are typed.
 */
export function nextCommands(language: string, folder: string, stacks: readonly string[]): string[] {
  const { unix, windows } = INSTALL[language] ?? { unix: [] };
  const cdk = language === 'typescript' ? 'npx cdk' : CDK;
  return [
    ...(folder === '.' ? [] : [`cd ${quoted(folder.startsWith('-') ? `.${sep}${folder}` : folder)}`]),
    ...(process.platform === 'win32' ? (windows ?? unix) : unix),
    `${cdk} synth`, // needs no account
    `${cdk} bootstrap`,
    stacks.length > 1 ? `${cdk} deploy ${stacks[0]}` : `${cdk} deploy`,
  ];
}

function quoted(path: string): string {
  if (/^[\w./\\:~-]+$/.test(path)) {
    return path;
  }
  return process.platform === 'win32' ? `"${path}"` : `'${path.replaceAll("'", "'\\''")}'`;
}
