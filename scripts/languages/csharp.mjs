// What runs where a .NET SDK is; scripts/check-dotnet.mjs checks the sources where none is.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../packages/commands.mjs';
import { root } from '../packages/staging.mjs';
import { newestDelivered } from './delivered-core.mjs';
import { runApp } from './run-app.mjs';

export const name = 'csharp';

const SDK = 8; // of the target framework of the examples
const cache = join(root, '.cache', 'dotnet');
const ENV = { NUGET_PACKAGES: join(cache, 'packages'), DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' };

export function missing() {
  const { stdout } = spawnSync('dotnet', ['--version'], { encoding: 'utf8' });
  return Number.parseInt(stdout, 10) >= SDK
    ? undefined
    : `no .NET SDK ${SDK} or later is installed: C# is generated and checked by scripts/check-dotnet.mjs, not compiled`;
}

export function core() {
  return newestDelivered(name, delivers);
}

/** Packs the generated project into a feed of its own, and points the app at it. */
export function prepare(folder, packages, version) {
  const { packageId } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).jsii.targets.dotnet;
  const feed = join(cache, 'feed');
  const project = join(cache, 'project');
  for (const stale of [feed, project, join(ENV.NUGET_PACKAGES, packageId.toLowerCase())]) {
    rmSync(stale, { recursive: true, force: true });
  }
  mkdirSync(feed, { recursive: true });
  cpSync(join(packages.outdir, 'dotnet', packageId), project, { recursive: true });
  run(project, 'dotnet', ['pack', '--configuration', 'Release', '--output', feed], { env: ENV });
  const source = `<add key="built" value="${feed}" />`;
  writeFileSync(
    join(folder, 'nuget.config'),
    `<configuration><packageSources>${source}</packageSources></configuration>\n`,
  );
  for (const file of readdirSync(folder, { recursive: true }).filter((path) => path.endsWith('.csproj'))) {
    const text = readFileSync(join(folder, file), 'utf8');
    writeFileSync(join(folder, file), text.replace(/("Amazon\.CDK\.Lib" Version=)"[^"]+"/, `$1"${version}"`));
  }
}

export function synth(folder, outdir) {
  runApp(folder, outdir, ENV);
}

function delivers(version) {
  const folder = mkdtempSync(join(tmpdir(), 'dotnet-'));
  try {
    const reference = `<PackageReference Include="Amazon.CDK.Lib" Version="[${version}]" />`;
    const framework = `<PropertyGroup><TargetFramework>net${SDK}.0</TargetFramework></PropertyGroup>`;
    writeFileSync(
      join(folder, 'probe.csproj'),
      `<Project Sdk="Microsoft.NET.Sdk">${framework}<ItemGroup>${reference}</ItemGroup></Project>\n`,
    );
    return spawnSync('dotnet', ['restore'], { cwd: folder, env: { ...process.env, ...ENV } }).status === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
