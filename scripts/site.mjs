// Builds the documentation site into .cache/site/dist, and checks every link of it. Nothing is fetched.
//
//   node scripts/site.mjs              builds and checks
//   node scripts/site.mjs --serve      serves what was built, at http://localhost:4173/cdk-ml-infra/
//   SITE_BASE=/ node scripts/site.mjs  for a host where the site is at the top
import './install.mjs';

const { buildSite, docs } = await import('./site/build.mjs');
if (process.argv.includes('--serve')) {
  const { serve } = await import('vitepress');
  await serve({ root: docs, port: 4173 });
} else {
  try {
    console.log(await buildSite());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
