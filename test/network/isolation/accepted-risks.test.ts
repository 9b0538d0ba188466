import { Aws, Stack } from 'aws-cdk-lib';
import { ACCEPTED_RISK, AcceptedRisks } from '../../../src/network/isolation/accepted-risks';
import { NetworkRisk } from '../../../src/network/network-risk';

const REASON = 'A scanner of the auditors comes from the internet';

describe('AcceptedRisks', () => {
  test('holds what was accepted and nothing else', () => {
    const risks = new AcceptedRisks(new Stack());
    risks.accept(NetworkRisk.OPEN_INGRESS, REASON);

    expect(risks.has(NetworkRisk.OPEN_INGRESS)).toBe(true);
    expect(risks.has(NetworkRisk.PUBLIC_ADDRESS)).toBe(false);
    expect(risks.has(undefined)).toBe(false);
  });

  test('leaves the reason where the cloud assembly shows it', () => {
    const stack = new Stack();
    new AcceptedRisks(stack).accept(NetworkRisk.OPEN_INGRESS, REASON);

    expect(stack.node.metadata).toContainEqual(
      expect.objectContaining({ type: ACCEPTED_RISK, data: { risk: 'open-ingress', reason: REASON } }),
    );
  });

  test.each([
    ['', "''"],
    ['because', 'because'],
    [' '.repeat(30), `'${' '.repeat(30)}'`],
    [`x${' '.repeat(30)}`, `'x${' '.repeat(30)}'`],
    ['a reason of 19 char', 'a reason of 19 char'],
  ])('fails for the reason %j', (reason, shown) => {
    expect(() => new AcceptedRisks(new Stack()).accept(NetworkRisk.OPEN_INGRESS, reason)).toThrow(
      `Default: 'reason' must be a sentence of at least 20 characters, got: ${shown}`,
    );
  });

  test('accepts a reason of 20 characters and of several lines', () => {
    const risks = new AcceptedRisks(new Stack());

    expect(() => risks.accept(NetworkRisk.OPEN_INGRESS, 'a reason of 20 chars')).not.toThrow();
    expect(() => risks.accept(NetworkRisk.OPEN_INGRESS, `${REASON}\nand goes again`)).not.toThrow();
  });

  test('fails for a reason that nobody can read in the code', () => {
    expect(() => new AcceptedRisks(new Stack()).accept(NetworkRisk.OPEN_INGRESS, Aws.STACK_NAME)).toThrow(
      "'reason' must be known at synthesis",
    );
  });

  test('fails for a risk that there is not', () => {
    expect(() => new AcceptedRisks(new Stack()).accept('everything' as NetworkRisk, REASON)).toThrow(
      "'risk' must be a risk that can be accepted, one of open-ingress,",
    );
  });
});
