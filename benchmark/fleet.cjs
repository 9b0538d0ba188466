// A fleet as users write it: one base, one lifecycle configuration, a list of owners over 16 nested stacks.
const { Duration } = require('aws-cdk-lib');
const { MlNotebookFleet, MlSharedInfra, NotebookLifecycle } = require('..');

exports.define = (stack, count) => {
  const shared = new MlSharedInfra(stack, 'Shared');
  const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', { shared, idleStop: Duration.hours(1) });
  const owners = Array.from({ length: count }, (_, index) => `owner-${index}`);
  new MlNotebookFleet(stack, 'Fleet', { shared, owners, defaults: { lifecycle }, stacks: 16 });
};
