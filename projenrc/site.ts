import { type awscdk, github } from 'projen';

const { JobPermission } = github.workflows;

/** What may publish is pinned to a commit. */
const ACTIONS = {
  upload: 'actions/upload-pages-artifact@7b1f4a764d45c48632c6b24a0339c27f5614fb0b', // 4
  deploy: 'actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e', // 4.0.5
};

/** Publishes the documentation of main to GitHub Pages. The job that publishes builds nothing. */
export function addSite(project: awscdk.AwsCdkConstructLibrary): void {
  project.package.setScript('site', 'node scripts/site.mjs');
  if (!project.github) {
    return;
  }
  const workflow = new github.GithubWorkflow(project.github, 'site', {
    limitConcurrency: true,
    concurrencyOptions: { group: 'site', cancelInProgress: false },
  });
  workflow.on({ push: { branches: ['main'] }, workflowDispatch: {} });
  workflow.addJobs({
    build: {
      runsOn: ['ubuntu-latest'],
      timeoutMinutes: 20,
      permissions: { contents: JobPermission.READ },
      env: { CI: 'true' },
      tools: { node: { version: '22.x' } },
      steps: [
        github.WorkflowSteps.checkout(),
        { name: 'Build and check', run: 'node scripts/check-site.mjs' },
        { name: 'Keep the pages', uses: ACTIONS.upload, with: { path: '.cache/site/dist' } },
      ],
    },
    publish: {
      needs: ['build'],
      runsOn: ['ubuntu-latest'],
      permissions: { pages: JobPermission.WRITE, idToken: JobPermission.WRITE },
      environment: { name: 'github-pages', url: '${{ steps.publish.outputs.page_url }}' },
      steps: [{ id: 'publish', name: 'Publish', uses: ACTIONS.deploy }],
    },
  });
}
