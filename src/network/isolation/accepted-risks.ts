import { IConstruct } from 'constructs';
import { requireKnown, requireOneOf, requirePattern } from '../../private/checks';
import { NetworkRisk } from '../network-risk';

/** Type of the metadata in which the cloud assembly shows what was accepted. */
export const ACCEPTED_RISK = 'cdk-ml-infra:acceptedRisk';

/** What an app accepts of a network, with its reasons. */
export class AcceptedRisks {
  private readonly risks = new Set<NetworkRisk>();

  constructor(private readonly network: IConstruct) {}

  public accept(risk: NetworkRisk, reason: string): void {
    requireOneOf(this.network, 'risk', risk, Object.values(NetworkRisk), 'a risk that can be accepted');
    requireKnown(this.network, 'reason', reason, 'reviewers read it in the code');
    requirePattern(this.network, 'reason', reason, /^\s*\S.{18,}\S\s*$/s, 'a sentence of at least 20 characters');
    this.risks.add(risk);
    this.network.node.addMetadata(ACCEPTED_RISK, { risk, reason });
  }

  public has(risk: NetworkRisk | undefined): boolean {
    return risk !== undefined && this.risks.has(risk);
  }
}
