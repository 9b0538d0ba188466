export * from './ml-notebook';
export * from './notebook-lifecycle';
export * from './notebook-options';
