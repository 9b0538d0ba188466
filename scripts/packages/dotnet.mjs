import { pacmak } from './pacmak.mjs';

export function missing() {
  return undefined;
}

/** The sources of the assembly for .NET. They are not compiled, which takes the SDK. */
export function build(staging, outdir) {
  pacmak(staging, 'dotnet', outdir, { codeOnly: true });
}
