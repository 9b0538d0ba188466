import { flattened, isIntrinsic, isMap, listed, TemplateResource } from '../../private/template';
import { CodeRule } from '../compliance-rule';
import { sagemakerGuide } from '../control-pages';

/** Access keys of AWS, private keys, and tokens of GitHub. */
const SECRET = /\b(AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(ghp|github_pat)_[A-Za-z0-9_]{30,}/;

const CONTENTS: { [property: string]: string } = {
  OnCreate: 'Content',
  OnStart: 'Content',
};

export const rule: CodeRule = {
  id: 'sagemaker-lifecycle-secrets',
  controls: [],
  title: 'Lifecycle scripts hold no credentials',
  severity: 'HIGH',
  remedy: 'Fetch the secret from Secrets Manager when the script runs, and revoke the one that is in the script',
  link: sagemakerGuide('notebook-lifecycle-config'),
  resourceTypes: ['AWS::SageMaker::NotebookInstanceLifecycleConfig', 'AWS::SageMaker::StudioLifecycleConfig'],
  inspect: (resource) =>
    scriptsOf(resource)
      .filter(({ text }) => SECRET.test(text))
      .map(({ location }) => ({ location, text: `${location} must not hold credentials` })),
};

function scriptsOf({ properties }: TemplateResource): { location: string; text: string }[] {
  const hooks = Object.entries(CONTENTS).flatMap(([hook, content]) =>
    listed(properties[hook]).map((each, index) => ({
      location: `Properties.${hook}.${index}.${content}`,
      text: decoded(isMap(each) ? each[content] : undefined),
    })),
  );
  const studio = properties.StudioLifecycleConfigContent;
  return [...hooks, { location: 'Properties.StudioLifecycleConfigContent', text: decoded(studio) }];
}

/** The text of a script: what CloudFormation will encode is readable, and a literal is decoded. */
function decoded(content: unknown): string {
  return isIntrinsic(content) ? flattened(content) : Buffer.from(flattened(content), 'base64').toString('utf8');
}
