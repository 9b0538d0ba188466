import type { ApiType, Assembly, Method, Property, TypeReference } from './assembly';

export const STRING: TypeReference = { primitive: 'string' };

/** An assembly that exists only in a test. */
export function plantedApi(...types: ApiType[]): Assembly {
  return { name: 'cdk-ml-infra', types: Object.fromEntries(types.map((type) => [type.fqn, type])) };
}

/** A construct with docs that break no rule. */
export function construct(name: string, parts: Partial<ApiType> = {}): ApiType {
  const scope = property('scope', { type: { fqn: 'constructs.Construct' } });
  return classOf(name, {
    base: 'constructs.Construct',
    initializer: { parameters: [scope, property('id')] },
    docs: { summary: 'Stands for something.', example: `new ${name}(this, 'One');` },
    ...parts,
  });
}

export function classOf(name: string, parts: Partial<ApiType> = {}): ApiType {
  return { fqn: `cdk-ml-infra.${name}`, name, kind: 'class', docs: { summary: 'Stands for something.' }, ...parts };
}

export function struct(name: string, ...properties: Property[]): ApiType {
  return { ...behaviour(name, { properties }), datatype: true };
}

export function behaviour(name: string, parts: Partial<ApiType> = {}): ApiType {
  return { ...classOf(name, parts), kind: 'interface' };
}

/** A string with docs, unless `parts` say otherwise. */
export function property(name: string, parts: Partial<Property> = {}): Property {
  return { name, type: STRING, docs: { summary: 'Says something.' }, ...parts };
}

export function method(name: string, parts: Partial<Method> = {}): Method {
  return { name, docs: { summary: 'Does something.' }, ...parts };
}
