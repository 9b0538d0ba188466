import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const SCRIPT = join(__dirname, '..', '..', 'scripts', 'release.mjs');
const AUTHOR = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com' };
const COMMITTER = { GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' };
const env = { ...process.env, ...AUTHOR, ...COMMITTER, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };

/** A repository of git with commits of its own, on which scripts/release.mjs does its work. */
export class PlantedRepository {
  private static readonly origins = new Map<string, PlantedRepository>();
  private static readonly UNRELEASED = '# Changelog\n\nReleases.\n\n## Unreleased\n\n- Written by hand.\n';

  readonly root = mkdtempSync(join(tmpdir(), 'planted-'));

  /** A repository in which nothing was released. */
  static fresh(): PlantedRepository {
    return new PlantedRepository(PlantedRepository.origin('fresh', (it) => it.start()));
  }

  /** A repository in which a version was released, by a commit that no tag names. */
  static after(version: string): PlantedRepository {
    return new PlantedRepository(
      PlantedRepository.origin(version, (it) => {
        it.start();
        it.commit('feat: something old');
        it.write({ 'CHANGELOG.md': `${PlantedRepository.UNRELEASED}\n## ${version} (2026-01-02)\n\n- Old.\n` });
        it.commit(`chore: release ${version}`);
      }),
    );
  }

  /** Removes what the repositories were copied from. */
  static disposeOrigins(): void {
    for (const origin of PlantedRepository.origins.values()) {
      origin.dispose();
    }
  }

  private static origin(name: string, define: (it: PlantedRepository) => void): PlantedRepository {
    const known = PlantedRepository.origins.get(name) ?? new PlantedRepository();
    if (!PlantedRepository.origins.has(name)) {
      define(known);
      PlantedRepository.origins.set(name, known);
    }
    return known;
  }

  private constructor(origin?: PlantedRepository) {
    if (origin) {
      cpSync(origin.root, this.root, { recursive: true });
    }
  }

  private start(): void {
    this.git('init', '--quiet', '--initial-branch=main');
    this.write({
      'CHANGELOG.md': PlantedRepository.UNRELEASED,
      'package.json': JSON.stringify({
        name: 'cdk-ml-infra',
        version: '0.0.0',
        repository: { type: 'git', url: 'https://github.com/cdk-ml-infra/cdk-ml-infra.git' },
      }),
      'examples/team/typescript/package.json': '{"dependencies":{"cdk-ml-infra": "^0.0.1"}}\n',
      // Stands where this repository has the script that records synthesized templates.
      'scripts/check-releases.mjs': `
        import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
        const [option, version] = process.argv.slice(2);
        if (option) {
          mkdirSync('test/releases/' + version, { recursive: true });
          writeFileSync('test/releases/' + version + '/options', option);
        }
        process.exit(existsSync(option ? 'recording-fails' : 'comparing-fails') ? 3 : 0);`,
    });
    this.commit('chore: start');
  }

  git(...options: string[]): string {
    return execFileSync('git', options, { cwd: this.root, encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  write(files: Record<string, string>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  commit(...messages: string[]): this {
    for (const message of messages) {
      this.git('add', '--all');
      this.git('commit', '--quiet', '--allow-empty', '--message', message);
    }
    return this;
  }

  /** What the script prints to whoever runs it, and its exit code. */
  release(...words: string[]): { status: number | null; said: string } {
    const options = [SCRIPT, '--root', this.root, ...words];
    const { status, stdout, stderr } = spawnSync(process.execPath, options, { encoding: 'utf8', env });
    return { status, said: `${stdout}${stderr}` };
  }

  dispose(): void {
    rmSync(this.root, { recursive: true });
  }
}
