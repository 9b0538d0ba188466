import { Properties, TemplateBody } from '../../src/private/template';
import { subject } from './rule-cases';

/** A managed policy with these statements. */
export function managedPolicy(...Statement: Properties[]): TemplateBody {
  return subject('AWS::IAM::ManagedPolicy', { PolicyDocument: { Version: '2012-10-17', Statement } });
}

/** A role that a service may assume, with properties of its own. */
export function role(service: unknown, properties: Properties = {}, condition?: Properties): TemplateBody {
  return subject('AWS::IAM::Role', { AssumeRolePolicyDocument: trust(service, condition), ...properties });
}

/** The policy that lets a service assume a role. */
export function trust(Service: unknown, Condition?: Properties): Properties {
  const statement = { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' };
  return { Version: '2012-10-17', Statement: [Condition ? { ...statement, Condition } : statement] };
}

/** A statement that allows one action. */
export function allow(Action: unknown, Resource: unknown, Condition?: Properties): Properties {
  return { Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) };
}
