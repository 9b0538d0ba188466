/** What an action comes to: `act on` where its name does not tell. */
export type Access = 'read' | 'write' | 'use' | 'act on' | 'do anything with';

/** What an action comes to, by its name, whatever the case of its letters. */
export function accessOf(action: string): Access {
  const [service, name = '*'] = action.toLowerCase().split(':');
  if (isUnread(action)) {
    return 'act on';
  }
  if (ANYTHING.test(name) || ANYTHING.test(service)) {
    return 'do anything with';
  }
  if (/^[*?]/.test(name)) {
    return 'act on';
  }
  const uses = service === 'kms' ? KEY_USES : USES;
  if (uses.test(name) || SECRETS.some((secret) => matches(`${service}:${name}`, secret))) {
    return 'use';
  }
  return READS.test(name) && !WRITES.test(name) ? 'read' : 'write';
}

/** Whether only the deployment knows an action: policies have no variables there. */
export function isUnread(action: string): boolean {
  return action.includes('{');
}

const ANYTHING = /^[*?]+$/;
const KEY_USES = /^(encrypt|decrypt|describekey|generatedatakey[a-z*?]*|reencrypt[a-z*?]*)\*?$/;
const USES =
  /^(passrole|assume|invoke|connect|get.*(credential|password|token|secretvalue|accessdetails|dataaccess)|batchgetsecretvalue)/;
const WRITES = /^listmultipartuploadparts$/; // part of an upload
const READS = /^(get|list|describe|batchget|batchcheck|check|filter|search|query|scan|select|head|view|lookup|read)/;

/** Actions whose names sound like reading, and which give secrets or act with the rights of others. */
const SECRETS = [
  'cognito-identity:getcredentialsforidentity',
  'cognito-identity:getopenidtoken',
  'codeartifact:getauthorizationtoken',
  'ec2:getpassworddata',
  'ecr:getauthorizationtoken',
  'emr-containers:getmanagedendpointsessioncredentials',
  'elasticmapreduce:getclustersessioncredentials',
  'lakeformation:getdataaccess',
  'lightsail:downloaddefaultkeypair',
  'lightsail:getinstanceaccessdetails',
  'redshift:getclustercredentials',
  'redshift-serverless:getcredentials',
  's3:getdataaccess',
  'secretsmanager:batchgetsecretvalue',
  'secretsmanager:getsecretvalue',
  'sso:getrolecredentials',
  'states:teststate',
  'sts:getfederationtoken',
  'sts:getservicebearertoken',
  'sts:getsessiontoken',
];

/** Whether a pattern with `*` and `?` holds for a text; the time is their product at most. */
function matches(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < text.length; ) {
    if (pattern[at] === '*') {
      star = at;
      resume = index;
      at += 1;
    } else if (pattern[at] === '?' || pattern[at] === text[index]) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      index = resume;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}
