/** A resource of a template, with `Fn::If` and parameters resolved for one choice of them. */
export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Properties;
}

/** The resources of one template under one choice, and the account if it is known. */
export interface Template {
  readonly resources: TemplateResource[];
  readonly accountId?: string;
}

export type Properties = { readonly [name: string]: unknown };

/** A template as CloudFormation reads it. */
export interface TemplateBody {
  readonly Parameters?: { [name: string]: Properties };
  readonly Conditions?: { [name: string]: unknown };
  readonly Resources?: { [logicalId: string]: { Type: string; Condition?: string; Properties?: Properties } };
}

/** Whether a value is known only at deployment. */
export function isIntrinsic(value: unknown): value is Properties {
  if (!isMap(value)) {
    return false;
  }
  const [key, ...others] = Object.keys(value);
  return key !== undefined && others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'));
}

export function isMap(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The elements of a value that may be a list or one element alone, as in policies. */
export function listed(value: unknown): unknown[] {
  if (value === undefined || value === null) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
}

/** A value as one text, in which stands `${...}` for what is known only at deployment. */
export function flattened(value: unknown): string {
  if (!isIntrinsic(value)) {
    return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  }
  const [[name, argument]] = Object.entries(value);
  if (name === 'Fn::Join' && Array.isArray(argument)) {
    return listed(argument[1]).map(flattened).join(String(argument[0]));
  }
  if (name === 'Fn::Sub') {
    return flattened(Array.isArray(argument) ? argument[0] : argument);
  }
  if (name === 'Fn::Base64') {
    return flattened(argument);
  }
  return `\${${listed(argument).map(flattened).join('.')}}`;
}
