/** Each is a module beside this one that exports `missing()` and `build(staging, outdir)`. */
export const TARGETS = ['js', 'python', 'java', 'go', 'dotnet'];
