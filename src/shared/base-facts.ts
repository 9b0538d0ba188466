import { Construct } from 'constructs';
import { identityOn, tellFacts } from '../private/facts';
import { IMlSharedInfra } from './shared-infra';

/** Lets a base tell what it is made of. `details` are asked for when the app is complete. */
export function tellBase(base: IMlSharedInfra & Construct, details: () => string[]): void {
  tellFacts(base, () => ({
    kind: 'MlSharedInfra',
    details: details(),
    identity: identityOn(base),
    parts: [{ kind: 'key', construct: base.encryptionKey, label: 'key' }],
    links: [
      { to: base.network, label: 'network' },
      { to: base.storage, label: 'data' },
    ],
  }));
}
