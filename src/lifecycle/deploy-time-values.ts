import { CfnTag, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { fail } from '../private/checks';

const TAG = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

/** CloudFormation takes 50 tags; the rest is for those of the app. */
const MOST_VALUES = 30;

/**
 * Values that are known only at deployment, and so cannot stand in a file.
 *
 * They become tags of the lifecycle configuration, which its notebooks read through the SageMaker API when they start:
 * an endpoint that every base has, free of charge, and out of reach for whoever works in a notebook. In the file
 * stands `{"$value": "<key>"}` for each.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Tag.html
 */
export class DeployTimeValues {
  private readonly keyByToken = new Map<string, string>();

  constructor(private readonly scope: IConstruct) {}

  /** The tags that hold the values. */
  public get tags(): CfnTag[] {
    return [...this.keyByToken].map(([value, key]) => ({ key, value }));
  }

  /** The same data without deploy-time values. `prop` is named in errors. */
  public extract(prop: string, data: unknown): unknown {
    if (typeof data === 'string') {
      return Token.isUnresolved(data) ? { $value: this.keyOf(prop, data) } : data;
    }
    if (Token.isUnresolved(data)) {
      fail(this.scope, prop, 'known at synthesis, except for texts', data);
    }
    if (Array.isArray(data)) {
      return data.map((entry) => this.extract(prop, entry));
    }
    if (typeof data === 'object' && data !== null) {
      return Object.fromEntries(
        Object.entries(data).map(([key, entry]) => [key, this.extract(`${prop}.${key}`, entry)]),
      );
    }
    return data;
  }

  private keyOf(prop: string, token: string): string {
    const literal = token.replace(/\$\{Token\[[^\]]*\]\}/g, '');
    if (!TAG.test(literal)) {
      const rule =
        'free of other characters than letters, digits, spaces and _ . : / = + - @ around a deploy-time value, since it is a tag';
      fail(this.scope, prop, rule, literal);
    }
    const key = this.keyByToken.get(token) ?? `ml-setting-${this.keyByToken.size}`;
    this.keyByToken.set(token, key);
    if (this.keyByToken.size > MOST_VALUES) {
      const rule = `one of at most ${MOST_VALUES} deploy-time values of the lifecycle, which are tags; give names that are known at synthesis`;
      fail(this.scope, prop, rule, 'a deploy-time value');
    }
    return key;
  }
}
