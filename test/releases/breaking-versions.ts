/** Whether a version may ask for a newer core than an older one did: each minor and major may, and no patch. */
export function mayRaise(version: string, older: string): boolean {
  const [[major, minor], [olderMajor, olderMinor]] = [version, older].map((each) => each.split('.').map(Number));
  return major === olderMajor ? minor > olderMinor : major > olderMajor;
}

/** The versions after another that are no patches of it: the next minor and the next major. */
export function nextVersions(version: string): string[] {
  const [major, minor] = version.split('.').map(Number);
  return [`${major}.${minor + 1}.0`, `${major + 1}.0.0`];
}
