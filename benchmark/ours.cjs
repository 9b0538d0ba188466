// The library as users write it: one base, one lifecycle configuration, one line per notebook.
const { Duration } = require('aws-cdk-lib');
const { MlNotebook, MlSharedInfra, NotebookLifecycle } = require('..');

exports.define = (stack, count, owned) => {
  const shared = new MlSharedInfra(stack, 'Shared');
  const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', { shared, idleStop: Duration.hours(1) });
  for (let index = 0; index < count; index++) {
    new MlNotebook(stack, `notebook-${index}`, { shared, lifecycle, owner: owned ? `owner-${index}` : undefined });
  }
};
