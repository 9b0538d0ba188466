import { Pricers, unknown } from '../subject';

/** Stacks within stacks: they cost what their resources cost, which are counted where they stand. */
export const nestedStackPricers: Pricers = {
  'AWS::CloudFormation::Stack': (subject) =>
    subject.isRead ? [] : [unknown('its resources: the template of this nested stack was not read')],
};
