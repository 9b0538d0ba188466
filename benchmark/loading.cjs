// What loading some modules costs, in a process of its own: node loading.cjs <module> ...
const begin = performance.now();
for (const name of process.argv.slice(2)) {
  require(name);
}
process.stdout.write(
  JSON.stringify({ wallMs: performance.now() - begin, rssMb: process.resourceUsage().maxRSS / 1024 }),
);
