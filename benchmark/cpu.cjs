/** Milliseconds of CPU that a piece of work takes, be it of the user or of the system. */
exports.cpuMs = (work) => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};
