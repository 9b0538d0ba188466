import type { Assembly } from '../../assembly/model';
import { counted } from '../../diagram/plain-text';
import { Contents } from '../contents';
import { breakable, Content, Html, html, joined } from '../html';
import { Place } from '../places';
import { unshownIn } from '../policies';
import { Right } from '../rights';
import { ANY_OWNER, Limit, ofOwner, Role, RoleGroup } from '../roles';

/** More owners with the same rights are described together. */
const MOST_APART = 10;

/** What the roles of each owner may do, as the templates say it. */
export function reach({ groups, assembly }: Contents): Html {
  const elsewhere = groups.filter(({ roles }) => roles[0].isElsewhere);
  const owned = groups.filter(({ roles }) => roles[0].owner !== undefined);
  const others = groups.filter(({ roles }) => !roles[0].isElsewhere && roles[0].owner === undefined);
  return html`<section id="reach" aria-labelledby="reach-heading">
<h2 id="reach-heading">What each owner can reach</h2>
<p>Read from the policies of the roles in the templates. Not read: trust policies, which say who may take a role; policies of users and groups; policies of buckets, keys and endpoints; and those of the organization (SCPs). They can narrow what stands here, and allow more. What could not be read may allow anything.</p>
${unshown(assembly)}
${groups.length > 0 ? filter(groups) : html`<p>No stack of this app defines a role.</p>`}
${owned.length > 0 && html`<h3>Owners</h3>${owned.flatMap(entries)}`}
${others.length > 0 && html`<h3>Roles of the infrastructure</h3>${others.flatMap(entries)}`}
${
  elsewhere.length > 0 &&
  html`<h3>Roles from elsewhere</h3>
<p>This app attaches policies to these roles, and no template of it defines them. What else they may do is not known here. A name in braces is known only at deployment: it may also be that of a role above.</p>
${elsewhere.flatMap(entries)}`
}
</section>
`;
}

/** Names what has rights, or may have them, that the section does not show. */
function unshown(assembly: Assembly): Html {
  const { users, templates } = unshownIn(assembly);
  return html`${users.length > 0 && names(`Not read: ${counted(users.length, 'resource')} with policies of users and groups`, users)}
${
  templates.length > 0 &&
  names(
    `Not read: ${counted(templates.length, 'resource')} whose templates are not in the folder, and may define more roles`,
    templates,
  )
}`;
}

function names(summary: string, all: readonly string[]): Html {
  return html`<details><summary>${summary}</summary><div class="names" role="region" aria-label="${summary}" tabindex="0">${[...all].sort().join(', ')}</div></details>
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
  const all = roles.map(({ owner, path }) => owner ?? path);
  return html`<details class="fold"><summary><span class="who">${counted(roles.length, owned ? 'owner' : 'role')} with the same rights</span> <span class="soft">${summary(group)}</span></summary>
${owned && html`<p><code>${ANY_OWNER}</code> stands for the name of each.</p>`}
<details><summary>Who they are</summary><div class="names" role="region" aria-label="Those like ${all[0]}" tabindex="0">${all.sort().join(', ')}</div></details>
${rightsOf(group, (right) => right, `${all.length} roles`)}</details>
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
  const { rights, limits, unknown } = group;
  return html`${unknown.map((name) => html`<p>Also has the policy <code>${name}</code>, which no template of this app holds: it could not be read and may allow anything.</p>`)}
${rights.length > 0 && table(`Rights of ${who}`, rights.map(written))}
${limits.map((each) => limit(each, written, who))}`;
}

function limit({ name, rights, when }: Limit, written: (right: Right) => Right, who: string): Html {
  const only = when.length > 0 && html`<code>${when.join(' and ')}</code>: `;
  if (name === undefined) {
    return html`<p>${only}no boundary.</p>`;
  }
  const none = rights ? ', which allows nothing' : ', which no template of this app holds: it could not be read';
  return html`<p>${only || 'Whatever stands above: '}no more than the boundary <code>${name}</code> allows${!rights?.length && none}.</p>${
    !!rights?.length && table(`Boundary of ${who}`, rights.map(written))
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
  return html`${kind !== '' && html`<span class="soft">${kind}</span> `}${breakable(name)}${
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
