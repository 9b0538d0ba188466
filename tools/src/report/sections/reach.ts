import { counted } from '../../diagram/plain-text';
import { Contents } from '../contents';
import { breakable, Content, Html, html, joined } from '../html';
import { Place } from '../places';
import { Right } from '../rights';
import { ANY_OWNER, ofOwner, Role, RoleGroup } from '../roles';

/** More owners with the same rights are described together. */
const MOST_APART = 10;

/** What the roles of each owner may do, as the templates say it. */
export function reach({ groups }: Contents): Html {
  const owned = groups.filter(({ roles }) => roles[0].owner !== undefined);
  const others = groups.filter(({ roles }) => roles[0].owner === undefined);
  return html`<section id="reach" aria-labelledby="reach-heading">
<h2 id="reach-heading">What each owner can reach</h2>
<p>Read from the policies of the roles in the templates. Policies of buckets, keys and endpoints, and those of the organization, can narrow it further; what they allow in addition is not shown.</p>
${groups.length > 0 ? filter(groups) : html`<p>No stack of this app defines a role.</p>`}
${owned.length > 0 && html`<h3>Owners</h3>${owned.flatMap(entries)}`}
${others.length > 0 && html`<h3>Roles of the infrastructure</h3>${others.flatMap(entries)}`}
</section>
`;
}

function filter(groups: readonly RoleGroup[]): Html {
  const count = groups.reduce((sum, { roles }) => sum + roles.length, 0);
  return html`<div class="controls" data-folds="reach"><label for="reach-filter">Filter owners and rights</label>
<input id="reach-filter" type="search" autocomplete="off" spellcheck="false" placeholder="owner, bucket, action">
<span class="status" role="status">${counted(count, 'role')}</span></div>`;
}

function entries(group: RoleGroup): Html[] {
  const { roles } = group;
  if (roles.length > MOST_APART) {
    return [together(group)];
  }
  return [...roles]
    .sort((one, other) => ((one.owner ?? one.path) < (other.owner ?? other.path) ? -1 : 1))
    .map((role) => apart(role, group));
}

function apart(role: Role, group: RoleGroup): Html {
  const { owner, path } = role;
  return html`<details class="fold"><summary><span class="who">${owner ?? path}</span> <span class="soft">${
    owner !== undefined && `${path}: `
  }${summary(group)}</span></summary>
${rightsOf(group, (right) => ofOwner(right, owner), path)}</details>
`;
}

function together(group: RoleGroup): Html {
  const { roles } = group;
  const owned = roles[0].owner !== undefined;
  const names = roles.map(({ owner, path }) => owner ?? path);
  return html`<details class="fold"><summary><span class="who">${counted(roles.length, owned ? 'owner' : 'role')} with the same rights</span> <span class="soft">${summary(group)}</span></summary>
${owned && html`<p><code>${ANY_OWNER}</code> stands for the name of each.</p>`}
<details><summary>Who they are</summary><div class="names" role="region" aria-label="Those like ${names[0]}" tabindex="0">${names.sort().join(', ')}</div></details>
${rightsOf(group, (right) => right, `${names.length} roles`)}</details>
`;
}

function summary({ rights, unknown }: RoleGroup): string {
  const denied = rights.filter((right) => right.denied).length;
  return [
    counted(rights.length - denied, 'right'),
    ...(denied > 0 ? [counted(denied, 'denial')] : []),
    ...(unknown.length > 0
      ? [`${counted(unknown.length, 'policy').replace('policys', 'policies')} from elsewhere`]
      : []),
  ].join(', ');
}

function rightsOf(group: RoleGroup, written: (right: Right) => Right, who: string): Html {
  const { rights, boundary, unknown } = group;
  return html`${unknown.map((name) => html`<p>Also has the policy <code>${name}</code>, which no template of this app holds.</p>`)}
${rights.length > 0 && table(`Rights of ${who}`, rights.map(written))}
${
  boundary &&
  html`<p>Whatever stands above, no more than the boundary <code>${boundary.name}</code> allows${
    boundary.rights.length === 0 && ', which no template of this app holds'
  }.</p>${boundary.rights.length > 0 && table(`Boundary of ${who}`, boundary.rights.map(written))}`
}`;
}

function table(caption: string, rights: readonly Right[]): Html {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="rights"><caption class="unseen">${caption}</caption>
<thead><tr><th scope="col">May</th><th scope="col">What</th><th scope="col">Only where</th><th scope="col">Actions</th></tr></thead>
<tbody>${rights.map(line)}</tbody></table></div>
`;
}

function line({ denied, access, places, conditions, actions }: Right): Html {
  return html`<tr><th scope="row">${
    denied
      ? html`<span class="mark bad">never ${access}</span>`
      : html`<span class="mark ${access === 'read' ? 'plain' : 'good'}">${access}</span>`
  }</th><td class="places">${list(places.map(place))}</td><td>${conditions.length > 0 ? list(conditions) : '–'}</td><td class="actions">${actions.join(', ')}</td></tr>
`;
}

function place({ kind, name, within }: Place): Html {
  return html`<span class="soft">${kind}</span> ${breakable(name)}${
    within.length > 0 &&
    html`: ${joined(
      within.map((part) => html`<code>${part}</code>`),
      ', ',
    )}`
  }`;
}

function list(contents: readonly Content[]): Content {
  return contents.length === 1 ? contents : html`<ul>${contents.map((each) => html`<li>${each}</li>`)}</ul>`;
}
