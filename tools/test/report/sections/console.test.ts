import { consolePages } from '../../../src/report/sections/console';
import { assemblyOf, contentsWith, stackOf, textOf } from '../apps';

test.each([
  ['eu-central-1', 'https://console.aws.amazon.com/sagemaker/home?region=eu-central-1#/notebook-instances'],
  ['cn-north-1', 'https://console.amazonaws.cn/sagemaker/home?region=cn-north-1#/notebook-instances'],
  ['us-gov-west-1', 'https://console.amazonaws-us-gov.com/sagemaker/home?region=us-gov-west-1#/notebook-instances'],
])('stacks in %s have the pages of its console', (region, address) => {
  const page = pageOf(stackOf('Team', { region }));

  expect(page).toContain(`<a href="${address}" rel="noopener noreferrer">Notebook instances</a>`);
  expect(page.match(/<a /g)?.length).toBeGreaterThan(5);
});

test('a stack without a region has no links, and it is said why', () => {
  const page = pageOf(stackOf('Team'));

  expect(page).not.toContain('<a ');
  expect(textOf(page)).toContain('No links for Team : only the deployment knows its region.');
});

test('a stack without a region has those of the region that was asked for', () => {
  const stacks = [stackOf('Team'), stackOf('Other', { region: 'us-east-1' })];
  const page = String(consolePages(contentsWith(assemblyOf(stacks), { askedRegion: 'eu-central-1' })));

  expect(page).toContain('console.aws.amazon.com/sagemaker/home?region=eu-central-1#');
  expect(page).toContain('console.aws.amazon.com/sagemaker/home?region=us-east-1#');
  expect(textOf(page)).toContain('eu-central-1 Team in eu-central-1, as asked for');
  expect(textOf(page)).not.toContain('No links');
});

test('a region cannot lead to another host', () => {
  expect(pageOf(stackOf('Team', { region: 'x"&.evil.example/' }))).toContain('region=x%22%26.evil.example%2F#');
});

function pageOf(...stacks: Parameters<typeof assemblyOf>[0]): string {
  return String(consolePages(contentsWith(assemblyOf(stacks))));
}
